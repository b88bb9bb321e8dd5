"""Asking the other providers about a draft (PLAN-3, PLAN-12)."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.careplan.domain.consultations.consultation import Consultation
from services.careplan.domain.plans.content import Part
from services.careplan.domain.plans.line_rules import check_catalogue
from services.careplan.domain.plans.plan import Plan
from services.careplan.domain.plans.plan_states import PlanState
from services.careplan.domain.rules import Rules
from services.careplan.operations.changes.conclude_change import conclude_change
from services.careplan.operations.plans.announce_plan import announce_plan
from services.careplan.operations.plans.load_plan import load_plan
from services.careplan.storage.consultations import consultations_of
from services.careplan.storage.neighbours.providers import contracts_of, find_catalogue_entries
from services.careplan.wire.facts import consultation_requested
from services.chassis.clock import helsinki_date
from services.chassis.identity import Caller
from services.chassis.weekdays import FINLAND
from sote.careplan.v1.events_pb2 import PlanConsultationStarted

CLAUSE = "CONSULT_RESPONSE"


def start_consultation(
    session: Session,
    *,
    plan_id: UUID,
    etag: str,
    rules: Rules,
    caller: Caller,
    now: datetime,
    new_id: Callable[[], UUID],
) -> Plan:
    """Ask each other provider whose part is new or changed; an answer about the same part is kept (PLAN-5)."""
    plan = load_plan(session, plan_id=plan_id, etag=etag, caller=caller)
    parts = plan.start_consultation()
    _check_catalogue(session, plan)
    asked = _answered(session, plan, parts)
    session.flush()
    if plan.state is PlanState.CONSULTATION:
        announce_plan(session, plan, PlanConsultationStarted())
    for provider_id, part in parts.items():
        if provider_id not in asked:
            request = _request(session, plan, provider_id, part, rules=rules, now=now, new_id=new_id())
            announce_plan(session, plan, consultation_requested(request))
    return conclude_change(session, plan, now=now)


def _check_catalogue(session: Session, plan: Plan) -> None:
    """The catalogue may have changed since the lines were written (PLAN-3)."""
    done = {service.id for service in plan.services if service.done}
    lines = [line for line in plan.drawn_up().services if line.plan_service_id not in done]
    entries = find_catalogue_entries(session, [line.service_code for line in lines])
    for line in lines:
        check_catalogue(line, entries.get(line.service_code))


def _answered(session: Session, plan: Plan, parts: dict[UUID, Part]) -> set[UUID]:
    """Who was asked about the part as it is now; requests about other parts are superseded."""
    asked: set[UUID] = set()
    for consultation in consultations_of(session, plan.id, plan.major + 1):
        if consultation.superseded:
            continue
        part = parts.get(consultation.provider_id)
        if part is not None and part.digest == consultation.part_digest:
            asked.add(consultation.provider_id)
        else:
            consultation.supersede()
    return asked


def _request(
    session: Session, plan: Plan, provider_id: UUID, part: Part, *, rules: Rules, now: datetime, new_id: UUID
) -> Consultation:
    """A request, due as the provider's contract says, else by the county's rule (S1.24)."""
    contracts = contracts_of(session, [provider_id])
    active = [contract for contract in contracts if contract.state == "ACTIVE"]
    limits = [
        contract.weekdays(CLAUSE, rules.consultation_due_weekdays) for contract in active if CLAUSE in contract.clauses
    ]
    weekdays = min(limits, default=rules.consultation_due_weekdays)
    request = Consultation(
        id=new_id,
        plan_id=plan.id,
        client_id=plan.client_id,
        provider_id=provider_id,
        for_major=plan.major + 1,
        part_digest=part.digest,
        plan_service_ids=tuple(line.plan_service_id for line in part.lines),
        due=FINLAND.nth_weekday_after(helsinki_date(now), weekdays),
        created_at=now,
    )
    session.add(request)
    return request
