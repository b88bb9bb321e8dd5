"""Giving a review up (PLAN-14)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.careplan.domain.plans.plan import Plan
from services.careplan.operations.changes.conclude_change import conclude_change
from services.careplan.operations.plans.announce_plan import announce_plan
from services.careplan.operations.plans.load_plan import load_plan
from services.careplan.storage.consultations import consultations_of
from services.chassis.identity import Caller
from sote.careplan.v1.events_pb2 import PlanReviewCancelled


def discard_review(session: Session, *, plan_id: UUID, etag: str, reason: str, caller: Caller, now: datetime) -> Plan:
    """The version in force stays; what was asked about the next one is waived."""
    plan = load_plan(session, plan_id=plan_id, etag=etag, caller=caller)
    for consultation in consultations_of(session, plan.id, plan.major + 1):
        consultation.supersede()
    plan.discard_review(reason)
    announce_plan(session, plan, PlanReviewCancelled())
    return conclude_change(session, plan, now=now)
