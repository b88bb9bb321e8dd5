"""Telling of deadlines that approach or are missed, each once; a missed deadline blocks nothing (PLAN-18, CHAIN-9)."""

from datetime import datetime

from sqlalchemy.orm import Session

from services.careplan.domain.deadlines.deadline import horizon
from services.careplan.domain.rules import Rules
from services.careplan.operations.deadlines.announce_deadline import announce_deadline
from services.careplan.storage import deadlines
from services.chassis.clock import helsinki_date
from services.chassis.weekdays import FINLAND

AT_ONCE = 100


def warn_of_deadlines(session: Session, *, rules: Rules, now: datetime) -> None:
    """Announce what is due today, of at most `AT_ONCE` deadlines in one run."""
    today = helsinki_date(now)
    last = horizon(today, rules.deadline_warn_weekdays, FINLAND)
    for deadline in deadlines.to_announce(session, today, last, AT_ONCE):
        announce_deadline(session, deadline, deadline.due_notice(today=today, horizon=last, now=now))
