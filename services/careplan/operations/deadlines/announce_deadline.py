"""Announce what is due to be said of a deadline."""

from sqlalchemy.orm import Session

from services.careplan.domain.deadlines.deadline import Deadline, Notice
from services.careplan.wire.deadlines import deadline_approaching, deadline_missed
from services.chassis.outbox import announce

FACTS = {Notice.APPROACHING: deadline_approaching, Notice.MISSED: deadline_missed}


def announce_deadline(session: Session, deadline: Deadline, what: Notice | None) -> None:
    """Announce that a deadline approaches or was missed, if either is to be said now."""
    if what is not None:
        fact = FACTS[what](deadline)
        announce(session, fact, aggregate="deadlines", aggregate_id=deadline.id, version=deadline.version)
