"""A plan was closed, and what of it came from enrolments ends with it (ENROLMENT-6, ENROLMENT-7)."""

from datetime import datetime

from sqlalchemy.orm import Session

from services.package.domain.enrolment import EnrolmentState
from services.package.domain.neighbours import PlanCopy
from services.package.operations.enrolments import cancel, complete_if_done, follow
from services.package.operations.plans import discard_plan
from services.package.storage import enrolments

PLAN_CLOSED = "PLAN_CLOSED"


def close_plan(session: Session, *, plan: PlanCopy, now: datetime) -> None:
    """What is done is done; an enrolment that is cut short is cancelled, one that waited for the plan fails."""
    discard_plan(session, plan=plan, now=now)
    for enrolment in enrolments.load_of_plan(session, plan.plan_id):
        if enrolment.state is not EnrolmentState.ACTIVE or enrolment.plan_version >= plan.version:
            continue
        cut_short = enrolment.is_cut_by(plan)
        follow(session, enrolment, plan, now=now)
        if cut_short:
            cancel(session, enrolment, PLAN_CLOSED, now=now)
        else:
            complete_if_done(session, enrolment, now=now)
