"""Giving a review up (P14)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.careplan.domain.plan import Plan
from services.careplan.operations.announce_plan import announce_plan
from services.careplan.operations.conclude_change import conclude_change
from services.careplan.operations.open_plan import open_plan
from services.careplan.storage import plans
from services.chassis.identity import Caller
from sote.careplan.v1.events_pb2 import PlanReviewCancelled


def discard_review(session: Session, *, plan_id: UUID, etag: str, reason: str, caller: Caller, now: datetime) -> Plan:
    """The version in force stays; what was asked about the next one is waived."""
    plan = open_plan(session, plan_id=plan_id, etag=etag, caller=caller)
    for consultation in plans.consultations_of(session, plan.id, plan.major + 1):
        consultation.supersede()
    plan.discard_review(reason)
    announce_plan(session, plan, PlanReviewCancelled())
    return conclude_change(session, plan, now=now)
