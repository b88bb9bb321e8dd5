"""N8: deadlines that approach or are missed are told, each once; a missed deadline blocks nothing."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.outbox import announce
from services.client.domain.deadline import Deadline, Told
from services.client.operations.publish_client import publish_client
from services.client.storage import clients, deadlines
from services.client.wire.deadline_facts import deadline_approaching, deadline_missed

AT_ONCE = 50
"""So many clients one round of the timer looks after; the next round takes the next."""

FACTS = {Told.APPROACHING: deadline_approaching, Told.MISSED: deadline_missed}


def tell_deadlines(session: Session, *, now: datetime) -> int:
    """Tell what is due to be told today; the number of facts told."""
    today = helsinki_date(now)
    told = 0
    for client_id in deadlines.to_tell(session, today, AT_ONCE):
        clients.lock(session, client_id)
        facts = sum(tell(session, one, one.tell(today, now)) for one in deadlines.running(session, client_id))
        if facts:
            publish_client(session, client_id, now)
        told += facts
    return told


def reach(session: Session, found: Iterable[Deadline], day: date, now: datetime) -> bool:
    """The milestones of a locked client's limits were reached on `day`; whether there were any."""
    return _end(session, [(one, one.reach(day, now)) for one in found])


def drop(session: Session, found: Iterable[Deadline], day: date, now: datetime) -> bool:
    """The matter of a locked client's limits fell away on `day`; whether there were any."""
    return _end(session, [(one, one.fall_away(day, now)) for one in found])


def tell(session: Session, deadline: Deadline, told: Told | None) -> bool:
    """Announce what is to be told of a limit; whether anything was."""
    if told is None:
        return False
    fact = FACTS[told](deadline)
    announce(session, fact, aggregate="deadlines", aggregate_id=deadline.id, version=deadline.version)
    return True


def _end(session: Session, ended: list[tuple[Deadline, Told | None]]) -> bool:
    for deadline, told in ended:
        tell(session, deadline, told)
    return bool(ended)
