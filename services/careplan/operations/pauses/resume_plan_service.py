"""A planned service that rested goes on (PLANSERVICE-4)."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.careplan.domain.acknowledgements.acknowledgement import AcknowledgementState
from services.careplan.domain.plans.plan import Plan
from services.careplan.domain.plans.plan_service import PlanService, PlanServiceState
from services.careplan.operations.changes.conclude_change import conclude_change
from services.careplan.operations.plans.announce_plan import announce_plan
from services.careplan.operations.plans.load_plan import load_plan
from services.careplan.storage import pauses
from services.careplan.storage.acknowledgements import acknowledgements_of
from services.chassis.identity import Caller
from services.chassis.values import day
from sote.careplan.v1.events_pb2 import PlanServiceResumed


def resume_plan_service(
    session: Session,
    *,
    plan_id: UUID,
    plan_service_id: UUID,
    etag: str,
    resumed_date: date,
    caller: Caller,
    now: datetime,
) -> Plan:
    """Let it go on from a day on, as the operator or the county."""
    plan = load_plan(session, plan_id=plan_id, etag=etag, caller=caller, county_too=True)
    plan.require("resume_service")
    _resume(session, plan, plan.service(plan_service_id), resumed_date)
    return conclude_change(session, plan, now=now)


def end_pause(session: Session, plan: Plan, service: PlanService, on: date) -> None:
    """A service that loses its provider rests no longer: whoever comes next begins when the client is there."""
    if service.state is PlanServiceState.SUSPENDED:
        pause = pauses.last_of(session, service.id)
        _resume(session, plan, service, max(on, pause.from_date) if pause else on)


def _resume(session: Session, plan: Plan, service: PlanService, resumed_date: date) -> None:
    """End the pause and tell; the caller concludes."""
    pause = pauses.last_of(session, service.id)
    if pause is None or pause.resumed_date is not None:
        service.take("resume")
        return
    promised = {
        one.provider_id
        for one in acknowledgements_of(session, plan.id)
        if one.state is AcknowledgementState.ACKNOWLEDGED
    }
    pause.end(service, resumed_date, promised=service.provider_id in promised)
    fact = PlanServiceResumed(
        plan_service_id=str(service.id), from_date=day(pause.from_date), resumed_date=day(resumed_date)
    )
    announce_plan(session, plan, fact)
