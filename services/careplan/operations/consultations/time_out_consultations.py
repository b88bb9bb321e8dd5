"""Consultations that were not answered in time count as consulted (PLAN-18, S1.29)."""

from datetime import datetime

from sqlalchemy.orm import Session

from services.careplan.domain.consultations.consultation import ConsultationState
from services.careplan.operations.changes.conclude_change import conclude_change
from services.careplan.operations.plans.announce_plan import announce_plan
from services.careplan.storage import plans
from services.careplan.storage.consultations import consultations_of, plans_unanswered
from services.careplan.wire.facts import consultation_timed_out
from services.chassis.clock import helsinki_date

AT_ONCE = 100


def time_out_consultations(session: Session, *, now: datetime) -> None:
    """Time out what was due before today, at most `AT_ONCE` plans in one run."""
    today = helsinki_date(now)
    for plan_id in plans_unanswered(session, today, AT_ONCE):
        plan = plans.locked(session, plan_id)
        if plan is None:
            continue
        for consultation in consultations_of(session, plan.id, plan.major + 1):
            if consultation.state is ConsultationState.PENDING and consultation.due < today:
                consultation.time_out()
                announce_plan(session, plan, consultation_timed_out(consultation))
        conclude_change(session, plan, now=now)
