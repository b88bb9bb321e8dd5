"""ASSESSMENT-8: limits are reached, fall away, and are announced, each once; a missed deadline blocks nothing."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy.orm import Session

from services.chassis.outbox import announce
from services.client.domain.deadlines.deadline import Deadline, Notice
from services.client.wire.deadlines.facts import deadline_approaching, deadline_missed

FACTS = {Notice.APPROACHING: deadline_approaching, Notice.MISSED: deadline_missed}


def reach_deadlines(session: Session, deadlines: Iterable[Deadline], day: date, now: datetime) -> bool:
    """The milestones of a locked client's limits were reached on `day`; whether there were any."""
    return _end(session, [(deadline, deadline.reach(day, now)) for deadline in deadlines])


def drop_deadlines(session: Session, deadlines: Iterable[Deadline], day: date, now: datetime) -> bool:
    """The matter of a locked client's limits fell away on `day`; whether there were any."""
    return _end(session, [(deadline, deadline.fall_away(day, now)) for deadline in deadlines])


def announce_deadline(session: Session, deadline: Deadline, notice: Notice | None) -> bool:
    """Announce what is to be notice of a limit; whether anything was."""
    if notice is None:
        return False
    fact = FACTS[notice](deadline)
    announce(session, fact, aggregate="deadlines", aggregate_id=deadline.id, version=deadline.version)
    return True


def _end(session: Session, ended: list[tuple[Deadline, Notice | None]]) -> bool:
    for deadline, notice in ended:
        announce_deadline(session, deadline, notice)
    return bool(ended)
