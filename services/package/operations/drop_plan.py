"""A draft or review of a plan was discarded: expansions that waited for it cannot be done (PROCESS-B4)."""

from datetime import datetime

from sqlalchemy.orm import Session

from services.package.domain.neighbours import PlanCopy
from services.package.operations.fail_enrolment import fail_locked
from services.package.storage import copies, enrolments

PLAN_DISCARDED = "PLAN_DISCARDED"


def drop_plan(session: Session, *, plan: PlanCopy, now: datetime) -> None:
    """Fail each enrolment whose items stood in what was discarded, now or when it is heard that they did."""
    copies.keep_discarded(session, plan.plan_id, plan.version)
    for enrolment in enrolments.expanding(session, plan.client_id):
        if enrolment.plan_id == plan.plan_id and enrolment.awaits_activation(plan):
            fail_locked(session, enrolment, PLAN_DISCARDED, now=now)
