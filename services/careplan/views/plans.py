"""Plans and their versions, shown to those who have a part in them (S1.42)."""

from uuid import UUID

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import Session

from services.careplan.domain.plan_versions.refusals import PlanVersionUnknown
from services.careplan.domain.plans.content import Content
from services.careplan.domain.plans.masking import Mask, mask_for
from services.careplan.domain.plans.plan import Plan
from services.careplan.domain.plans.refusals import NoRelationship
from services.careplan.domain.rules import Rules
from services.careplan.storage.acknowledgements import acknowledgements_of
from services.careplan.storage.consultations import consultations_of
from services.careplan.storage.neighbours.providers import find_catalogue_entries, is_county
from services.careplan.storage.plan_versions import find_version
from services.careplan.storage.plans import plan_table
from services.careplan.views.parts import reads_plan
from services.careplan.wire import plans as wire
from services.careplan.wire.masks import mask_plan, mask_version
from services.careplan.wire.requests import organisation_of
from services.chassis.identity import Caller
from services.chassis.pages import page_of
from sote.careplan.v1 import careplan_service_pb2 as rpc
from sote.careplan.v1 import plan_pb2


def show_plan(session: Session, plan: Plan) -> plan_pb2.Plan:
    """The plan as a resource, with the requests about its draft, or about the version in force."""
    for_major = plan.major if plan.draft is None else plan.major + 1
    consultations = consultations_of(session, plan.id, for_major)
    return wire.plan(plan, consultations, acknowledgements_of(session, plan.id))


def get_plan(session: Session, plan_id: UUID, caller: Caller, rules: Rules) -> plan_pb2.Plan:
    """A plan in which the caller's organisation has a part; refuses others and unknown ones alike."""
    return _masked_plan(session, _allowed(session, plan_id, caller), caller, rules)


def _masked_plan(session: Session, plan: Plan, caller: Caller, rules: Rules) -> plan_pb2.Plan:
    shown, mask = show_plan(session, plan), _mask(session, plan, plan.in_force(), caller, rules)
    return shown if mask is None else mask_plan(shown, mask)


def _mask(session: Session, plan: Plan, content: Content, caller: Caller, rules: Rules) -> Mask | None:
    """What the caller may not see of the plan; the operator and the county see it whole (DESIGN-6, ACCESS-3)."""
    organisation = organisation_of(caller)
    if organisation is None or organisation == plan.operator_organisation_id or not rules.mask_sensitive_tasks:
        return None
    if is_county(session, organisation):
        return None
    lines = (*content.services, *(service.line() for service in plan.services), *plan.drawn_up().services)
    entries = find_catalogue_entries(session, sorted({line.service_code for line in lines}))
    return mask_for(organisation, lines, {code: entry.task for code, entry in entries.items()})


def get_version(
    session: Session, plan_id: UUID, major: int, minor: int, caller: Caller, rules: Rules
) -> plan_pb2.PlanVersion:
    """A version of a plan in which the caller's organisation has a part."""
    plan = _allowed(session, plan_id, caller)
    version = find_version(session, plan_id, major, minor)
    if version is None:
        raise PlanVersionUnknown(f"the plan has no version {major}.{minor}")
    mask = _mask(session, plan, version.content, caller, rules)
    return wire.version(version) if mask is None else mask_version(wire.version(version), mask)


def list_plans(session: Session, request: rpc.ListPlansRequest, caller: Caller, rules: Rules) -> rpc.ListPlansResponse:
    """The client's plans in which the caller's organisation has a part, oldest first."""
    page, column = page_of(request), plan_table.c
    query = select(Plan).where(column.client_id == UUID(request.client_id), has_part(session, caller))
    found = session.execute(page.select(query, column.created_at, column.id)).scalars().all()
    shown, token = page.cut(found, lambda plan: (plan.created_at, plan.id))
    plans_shown = [_masked_plan(session, plan, caller, rules) for plan in shown]
    return rpc.ListPlansResponse(plans=plans_shown, next_page_token=token)


def has_part(session: Session, caller: Caller) -> ColumnElement[bool]:
    """Which plans the caller's organisation has a part in: its own, those it delivers in, is asked about or offered.

    The county enterprise answers for the whole of every client's services (S2.13) and sees them all.
    """
    organisation = organisation_of(caller)
    if is_county(session, organisation):
        return true()
    return reads_plan(organisation)


def _allowed(session: Session, plan_id: UUID, caller: Caller) -> Plan:
    query = select(Plan).where(plan_table.c.id == plan_id, has_part(session, caller))
    plan = session.execute(query).scalar_one_or_none()
    if plan is None:
        raise NoRelationship
    return plan
