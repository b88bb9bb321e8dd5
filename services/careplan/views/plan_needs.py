"""Clients who need a plan and have none, longest first (S2.10)."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.careplan.domain.plans.refusals import NotTheCounty
from services.careplan.storage.neighbours.providers import is_county
from services.careplan.storage.plan_needs import missing
from services.careplan.wire.requests import organisation_of
from services.chassis.identity import Caller
from services.chassis.pages import page_of
from services.chassis.values import day
from sote.careplan.v1 import plan_need_service_pb2 as rpc


def list_plans_missing(
    session: Session, request: rpc.ListPlansMissingRequest, caller: Caller, today: date
) -> rpc.ListPlansMissingResponse:
    """The county's list, for the county enterprise; refuses others."""
    if not is_county(session, organisation_of(caller)):
        raise NotTheCounty
    page, need = page_of(request), missing()
    found = session.execute(page.select(select(need), need.c.at, need.c.client_id)).all()
    shown, token = page.cut(found, lambda row: (row.at, row.client_id))
    plans_missing = [
        rpc.PlanMissing(
            client_id=str(row.client_id),
            since_date=day(row.since),
            age_days=(today - row.since).days,
            assessed=row.assessed,
            flagged=row.flagged,
        )
        for row in shown
    ]
    return rpc.ListPlansMissingResponse(plans_missing=plans_missing, next_page_token=token)
