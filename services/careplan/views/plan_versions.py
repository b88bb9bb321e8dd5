"""Publications of plans' versions: the county's list, and how long the oldest waits (S2.14, M-I5)."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.careplan.domain.plan_versions.publication import Publication, PublicationState
from services.careplan.domain.plans.refusals import NotTheCounty
from services.careplan.domain.rules import Rules
from services.careplan.storage import plan_versions
from services.careplan.storage.neighbours.providers import is_county
from services.careplan.storage.plan_versions import publication_table as table
from services.careplan.wire.plan_versions import publication
from services.careplan.wire.requests import organisation_of
from services.chassis.identity import Caller
from services.chassis.pages import page_of
from services.chassis.words import word_or_none
from sote.careplan.v1 import publication_pb2
from sote.careplan.v1 import publication_service_pb2 as rpc


def list_publications(
    session: Session, request: rpc.ListPublicationsRequest, caller: Caller, rules: Rules
) -> rpc.ListPublicationsResponse:
    """The publications of every plan, oldest first, for the county enterprise; refuses others."""
    if not is_county(session, organisation_of(caller)):
        raise NotTheCounty
    page, column = page_of(request), table.c
    query = select(Publication)
    if request.plan_id:
        query = query.where(column.plan_id == UUID(request.plan_id))
    if state := word_or_none(PublicationState, publication_pb2.PublicationState, request.state):
        query = query.where(column.state == state)
    found = session.execute(page.select(query, column.wanted_at, column.id)).scalars().all()
    shown, token = page.cut(found, lambda row: (row.wanted_at, row.id))
    target = timedelta(minutes=rules.publish_target_minutes)
    return rpc.ListPublicationsResponse(
        publications=[publication(published, target) for published in shown], next_page_token=token
    )


def oldest_unpublished(session: Session, now: datetime) -> timedelta:
    """For how long the oldest version has waited; nothing when all are published."""
    since = plan_versions.oldest_wanted(session)
    return timedelta() if since is None else now - since
