"""Expansions that do not go on: they are shown to the county, and fail when no plan came in time
(PROCESS-7, ENROLMENT-5)."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from services.package.domain.enrolment import PLAN_STEPS, WAITING_STEPS, patience
from services.package.domain.rules import Rules
from services.package.operations.enrolments import fail
from services.package.storage import enrolments, work

AT_ONCE = 50
"""Enrolments of one transaction; the rest follow in the next."""
PLAN_NOT_IN_TIME = "PLAN_NOT_IN_TIME"


def watch_enrolments(session: Session, *, rules: Rules, now: datetime) -> None:
    """Undo what waited too long for a plan, open work items for what is late, close those of what went on."""
    lost = dict.fromkeys(PLAN_STEPS, now - timedelta(days=rules.plan_days))
    for enrolment in enrolments.load_waiting(session, lost, limit=AT_ONCE):
        fail(session, enrolment, PLAN_NOT_IN_TIME, now=now)
    late = {step: now - patience(step, rules) for step in WAITING_STEPS}
    for enrolment in enrolments.load_waiting(session, late, limit=AT_ONCE, shown=False):
        work.open_expansion(session, enrolment, now=now)
    work.finish_expansions(session, now=now)
