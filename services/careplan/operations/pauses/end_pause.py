"""End the pause of a planned service."""

from datetime import date

from sqlalchemy.orm import Session

from services.careplan.domain.acknowledgements.acknowledgement import AcknowledgementState
from services.careplan.domain.plans.plan import Plan
from services.careplan.domain.plans.plan_service import PlanService, PlanServiceState
from services.careplan.operations.plans.announce_plan import announce_plan
from services.careplan.storage import pauses
from services.careplan.storage.acknowledgements import acknowledgements_of
from services.chassis.values import day
from sote.careplan.v1.events_pb2 import PlanServiceResumed


def end_pause(session: Session, plan: Plan, service: PlanService, on: date) -> None:
    """A service that loses its provider rests no longer: the next provider begins when the client is there."""
    if service.state is PlanServiceState.SUSPENDED:
        pause = pauses.last_of(session, service.id)
        resume_service(session, plan, service, max(on, pause.from_date) if pause else on)


def resume_service(session: Session, plan: Plan, service: PlanService, resumed_date: date) -> None:
    """End the pause and announce it; the caller concludes."""
    pause = pauses.last_of(session, service.id)
    if pause is None or pause.resumed_date is not None:
        service.take("resume")
        return
    promised = {
        acknowledgement.provider_id
        for acknowledgement in acknowledgements_of(session, plan.id)
        if acknowledgement.state is AcknowledgementState.ACKNOWLEDGED
    }
    pause.end(service, resumed_date, promised=service.provider_id in promised)
    fact = PlanServiceResumed(
        plan_service_id=str(service.id), from_date=day(pause.from_date), resumed_date=day(resumed_date)
    )
    announce_plan(session, plan, fact)
