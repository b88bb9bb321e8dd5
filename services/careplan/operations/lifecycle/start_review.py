"""Starting a review (PLAN-11)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.careplan.domain.plans.plan import Plan
from services.careplan.domain.terms import ReviewCause
from services.careplan.operations.changes.conclude_change import conclude_change
from services.careplan.operations.plans.announce_plan import announce_plan
from services.careplan.operations.plans.load_plan import load_plan
from services.chassis.identity import Caller
from sote.careplan.v1.events_pb2 import PlanReviewStarted


def start_review(
    session: Session, *, plan_id: UUID, etag: str, cause: ReviewCause, caller: Caller, now: datetime
) -> Plan:
    """Begin to draw up the next version, as the operator or as the county enterprise (S2.13)."""
    plan = load_plan(session, plan_id=plan_id, etag=etag, caller=caller, county_too=True)
    plan.start_review(cause)
    announce_plan(session, plan, PlanReviewStarted())
    return conclude_change(session, plan, now=now)
