"""A plan changed: enrolments take over the providers of their planned services."""

from datetime import datetime

from sqlalchemy.orm import Session

from services.package.domain.neighbours import PlanCopy
from services.package.operations.tell import show_client
from services.package.storage import enrolments


def follow_plan(session: Session, *, plan: PlanCopy, now: datetime) -> None:
    """Take over what a newer version of the plan says of the items; older news changes nothing."""
    behind = [one for one in enrolments.of_plan(session, plan.plan_id) if one.plan_version < plan.version]
    for enrolment in behind:
        enrolment.follow(plan, now=now)
    if behind:
        session.flush()
        show_client(session, plan.client_id, now=now)
