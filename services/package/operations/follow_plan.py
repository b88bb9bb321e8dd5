"""A plan changed: enrolments take over what it says of their planned services."""

from datetime import datetime

from sqlalchemy.orm import Session

from services.package.domain.neighbours import PlanCopy
from services.package.operations.complete_enrolment import complete_if_done
from services.package.operations.take_over_plan import take_over
from services.package.storage import enrolments


def follow_plan(session: Session, *, plan: PlanCopy, now: datetime) -> None:
    """Take over what a newer version of the plan says of the items; older news changes nothing."""
    for enrolment in enrolments.of_plan(session, plan.plan_id):
        if enrolment.plan_version < plan.version:
            take_over(session, enrolment, plan, now=now)
            complete_if_done(session, enrolment, now=now)
