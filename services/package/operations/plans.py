"""What verbs about plans share: enrolments follow a newer version, or fail with what was discarded."""

from datetime import datetime

from sqlalchemy.orm import Session

from services.package.domain.neighbours import PlanCopy
from services.package.operations.enrolments import complete_if_done, fail, follow
from services.package.storage import copies, enrolments

PLAN_DISCARDED = "PLAN_DISCARDED"


def follow_plan(session: Session, *, plan: PlanCopy, now: datetime) -> None:
    """Bring each enrolment of the plan in step with a newer version; older news changes nothing."""
    for enrolment in enrolments.load_of_plan(session, plan.plan_id):
        if enrolment.plan_version < plan.version:
            follow(session, enrolment, plan, now=now)
            complete_if_done(session, enrolment, now=now)


def discard_plan(session: Session, *, plan: PlanCopy, now: datetime) -> None:
    """Fail each enrolment whose items stood in a draft or review that was discarded (PROCESS-B4).

    It is noted, too, for one whose items are heard of only later.
    """
    copies.keep_discarded(session, plan.plan_id, plan.version)
    for enrolment in enrolments.load_expanding(session, plan.client_id):
        if enrolment.plan_id == plan.plan_id and enrolment.awaits_activation(plan):
            fail(session, enrolment, PLAN_DISCARDED, now=now)
