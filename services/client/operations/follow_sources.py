"""S1.42: what plans, consultations, vouchers and referrals mean for relationships, as their services tell them."""

from collections.abc import Callable, Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.inbox import NotYet
from services.client.domain.client import Client
from services.client.domain.refusals import Unknown
from services.client.domain.relationship import RelationshipKind, Tie
from services.client.domain.ties import PlanTold, ties_of_plan
from services.client.operations.keep_relationships import keep_relationships
from services.client.storage import clients, relationships


def follow_plan(
    session: Session, *, client_id: UUID, plan: PlanTold, version: int, now: datetime, new_id: Callable[[], UUID]
) -> None:
    """The newest state of a plan decides; one that was overtaken changes nothing."""
    client = told_client(session, client_id)
    if not relationships.store_source(session, plan.plan_id, version=version, consulting=plan.consulting):
        return
    ties = ties_of_plan(plan, [one.tie for one in relationships.held(session, plan.plan_id)])
    _keep(session, client, plan.plan_id, ties, plan.over, now, new_id)


def follow_consultation(
    session: Session, *, client_id: UUID, plan_id: UUID, provider_id: UUID, now: datetime, new_id: Callable[[], UUID]
) -> None:
    """A provider is asked about a plan; when consulting is over by now, that was heard too late to matter."""
    client = told_client(session, client_id)
    consulting = relationships.is_consulting(session, plan_id)
    if consulting is None:
        raise NotYet("the plan of this consultation is not known here yet")
    if consulting:
        held = {one.tie for one in relationships.held(session, plan_id)}
        _keep(session, client, plan_id, held | {Tie(RelationshipKind.CONSULTATION, provider_id)}, False, now, new_id)


def follow_source(
    session: Session,
    *,
    client_id: UUID,
    source_id: UUID,
    ties: Collection[Tie],
    version: int,
    now: datetime,
    new_id: Callable[[], UUID],
) -> None:
    """The newest state of a voucher or a step of a chain decides."""
    client = told_client(session, client_id)
    if relationships.store_source(session, source_id, version=version):
        _keep(session, client, source_id, ties, not ties, now, new_id)


def told_client(session: Session, client_id: UUID) -> Client:
    """The client another service tells of, locked; NotYet while this service has none."""
    try:
        return clients.lock(session, client_id)
    except Unknown:
        raise NotYet("the client is not known here yet") from None


def _keep(
    session: Session,
    client: Client,
    source_id: UUID,
    ties: Collection[Tie],
    over: bool,
    now: datetime,
    new_id: Callable[[], UUID],
) -> None:
    keep_relationships(session, client=client, source_id=source_id, ties=ties, source_over=over, now=now, new_id=new_id)
