"""Plans and their versions, shown to those who have a part in them (S1.42)."""

from uuid import UUID

from sqlalchemy import ColumnElement, exists, or_, select, true
from sqlalchemy.orm import Session

from services.careplan.domain.operator_transfer import UNDER_WAY
from services.careplan.domain.plan import Plan
from services.careplan.domain.refusals import NoRelationship, PlanVersionUnknown
from services.careplan.storage import neighbours, plans, tables
from services.careplan.wire import plans as wire
from services.careplan.wire.requests import organisation_of
from services.chassis.identity import Caller
from services.chassis.pages import page_of
from sote.careplan.v1 import careplan_service_pb2 as rpc
from sote.careplan.v1 import plan_pb2


def show_plan(session: Session, plan: Plan) -> plan_pb2.Plan:
    """The plan as a resource, with the requests about its draft, or about the version in force."""
    for_major = plan.major if plan.draft is None else plan.major + 1
    consultations = plans.consultations_of(session, plan.id, for_major)
    return wire.plan(plan, consultations, plans.acknowledgements_of(session, plan.id))


def get_plan(session: Session, plan_id: UUID, caller: Caller) -> plan_pb2.Plan:
    """A plan in which the caller's organisation has a part; refuses others and unknown ones alike."""
    return show_plan(session, _allowed(session, plan_id, caller))


def get_version(session: Session, plan_id: UUID, major: int, minor: int, caller: Caller) -> plan_pb2.PlanVersion:
    """A version of a plan in which the caller's organisation has a part."""
    _allowed(session, plan_id, caller)
    version = plans.version(session, plan_id, major, minor)
    if version is None:
        raise PlanVersionUnknown
    return wire.version(version)


def list_plans(session: Session, request: rpc.ListPlansRequest, caller: Caller) -> rpc.ListPlansResponse:
    """The client's plans in which the caller's organisation has a part, oldest first."""
    page, column = page_of(request), tables.plan.c
    query = select(Plan).where(column.client_id == UUID(request.client_id), has_part(session, caller))
    found = session.execute(page.select(query, column.created_at, column.id)).scalars().all()
    shown, token = page.cut(found, lambda plan: (plan.created_at, plan.id))
    return rpc.ListPlansResponse(plans=[show_plan(session, one) for one in shown], next_page_token=token)


def has_part(session: Session, caller: Caller) -> ColumnElement[bool]:
    """Which plans the caller's organisation has a part in: its own, those it delivers in, is asked about or offered.

    The county enterprise answers for the whole of every client's services (S2.13) and sees them all.
    """
    organisation = organisation_of(caller)
    known = neighbours.provider(session, organisation) if organisation else None
    if known is not None and known.is_county_enterprise:
        return true()
    plan, service, consultation = tables.plan.c, tables.plan_service.c, tables.consultation.c
    transfer = tables.operator_transfer.c
    return or_(
        plan.operator_organisation_id == organisation,
        exists().where(service.plan_id == plan.id, service.provider_id == organisation),
        exists().where(
            consultation.plan_id == plan.id,
            consultation.provider_id == organisation,
            consultation.superseded.is_(False),
        ),
        exists().where(
            transfer.plan_id == plan.id, transfer.to_organisation_id == organisation, transfer.status.in_(UNDER_WAY)
        ),
    )


def _allowed(session: Session, plan_id: UUID, caller: Caller) -> Plan:
    query = select(Plan).where(tables.plan.c.id == plan_id, has_part(session, caller))
    plan = session.execute(query).scalar_one_or_none()
    if plan is None:
        raise NoRelationship
    return plan
