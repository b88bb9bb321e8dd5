"""Cancel a plan that never came into force, and waive what was asked."""

from datetime import datetime

from sqlalchemy.orm import Session

from services.careplan.domain.plans.plan import Plan
from services.careplan.operations.changes.conclude_change import conclude_change
from services.careplan.operations.plans.announce_plan import announce_plan
from services.careplan.storage.consultations import consultations_of
from sote.careplan.v1.events_pb2 import PlanCancelled


def cancel_locked_plan(session: Session, plan: Plan, reason: str, *, now: datetime) -> Plan:
    """The plan, already locked, is cancelled; those asked about it need not answer (PLAN-17)."""
    plan.cancel(reason)
    for consultation in consultations_of(session, plan.id, plan.major + 1):
        consultation.supersede()
    announce_plan(session, plan, PlanCancelled())
    return conclude_change(session, plan, now=now)
