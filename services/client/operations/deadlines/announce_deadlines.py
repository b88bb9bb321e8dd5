"""Deadlines that approach or are missed are announced, each once; a missed deadline blocks nothing."""

from datetime import datetime

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.client.operations.clients.publish_client import publish_client
from services.client.operations.deadlines.deadline import announce_deadline
from services.client.storage import deadlines
from services.client.storage.clients.client import load_client

AT_ONCE = 50
"""So many clients one round of the timer looks after; the next round takes the next."""


def announce_deadlines(session: Session, *, now: datetime) -> int:
    """Announce what is due today; the number of facts."""
    today = helsinki_date(now)
    announced = 0
    for client_id in deadlines.to_tell(session, today, AT_ONCE):
        load_client(session, client_id)
        facts = sum(
            announce_deadline(session, deadline, deadline.due_notice(today, now))
            for deadline in deadlines.running(session, client_id)
        )
        if facts:
            publish_client(session, client_id, now)
        announced += facts
    return announced
