"""ASSESSMENT-8: deadlines that approach or are missed are told, each once; a missed deadline blocks nothing."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy.orm import Session

from services.chassis.outbox import announce
from services.client.domain.deadlines.deadline import Deadline, Told
from services.client.wire.deadlines.facts import deadline_approaching, deadline_missed

FACTS = {Told.APPROACHING: deadline_approaching, Told.MISSED: deadline_missed}


def reach_deadlines(session: Session, found: Iterable[Deadline], day: date, now: datetime) -> bool:
    """The milestones of a locked client's limits were reached on `day`; whether there were any."""
    return _end(session, [(one, one.reach(day, now)) for one in found])


def drop_deadlines(session: Session, found: Iterable[Deadline], day: date, now: datetime) -> bool:
    """The matter of a locked client's limits fell away on `day`; whether there were any."""
    return _end(session, [(one, one.fall_away(day, now)) for one in found])


def announce_deadline(session: Session, deadline: Deadline, told: Told | None) -> bool:
    """Announce what is to be told of a limit; whether anything was."""
    if told is None:
        return False
    fact = FACTS[told](deadline)
    announce(session, fact, aggregate="deadlines", aggregate_id=deadline.id, version=deadline.version)
    return True


def _end(session: Session, ended: list[tuple[Deadline, Told | None]]) -> bool:
    for deadline, told in ended:
        announce_deadline(session, deadline, told)
    return bool(ended)
