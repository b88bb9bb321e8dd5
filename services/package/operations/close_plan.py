"""A plan was closed, and what of it came from enrolments ends with it (ENROLMENT-6, ENROLMENT-7)."""

from datetime import datetime

from sqlalchemy.orm import Session

from services.package.domain.enrolment import EnrolmentState
from services.package.domain.neighbours import PlanCopy
from services.package.operations.cancel_enrolment import cancel_locked
from services.package.operations.complete_enrolment import complete_if_done
from services.package.operations.drop_plan import drop_plan
from services.package.operations.take_over_plan import take_over
from services.package.storage import enrolments

PLAN_CLOSED = "PLAN_CLOSED"


def close_plan(session: Session, *, plan: PlanCopy, now: datetime) -> None:
    """What is done is done; an enrolment that is cut short is cancelled, one that waited for the plan fails."""
    drop_plan(session, plan=plan, now=now)
    for enrolment in enrolments.of_plan(session, plan.plan_id):
        if enrolment.state is not EnrolmentState.ACTIVE or enrolment.plan_version >= plan.version:
            continue
        cut = enrolment.is_cut_by(plan)
        take_over(session, enrolment, plan, now=now)
        if cut:
            cancel_locked(session, enrolment, PLAN_CLOSED, now=now)
        else:
            complete_if_done(session, enrolment, now=now)
