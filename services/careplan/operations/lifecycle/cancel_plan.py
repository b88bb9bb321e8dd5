"""Cancelling a plan that never came into force (PLAN-17)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.careplan.domain.plans.plan import Plan
from services.careplan.operations.changes.conclude_change import conclude_change
from services.careplan.operations.plans.announce_plan import announce_plan
from services.careplan.operations.plans.load_plan import load_plan
from services.careplan.storage.consultations import consultations_of
from services.chassis.identity import Caller
from sote.careplan.v1.events_pb2 import PlanCancelled


def cancel_plan(session: Session, *, plan_id: UUID, etag: str, reason: str, caller: Caller, now: datetime) -> Plan:
    """Cancel the plan and waive what was asked; the client may then have another one."""
    return cancel(session, load_plan(session, plan_id=plan_id, etag=etag, caller=caller), reason, now=now)


def cancel(session: Session, plan: Plan, reason: str, *, now: datetime) -> Plan:
    """PLAN-17 for a locked plan."""
    plan.cancel(reason)
    for consultation in consultations_of(session, plan.id, plan.major + 1):
        consultation.supersede()
    announce_plan(session, plan, PlanCancelled())
    return conclude_change(session, plan, now=now)
