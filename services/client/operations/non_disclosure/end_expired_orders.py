"""CLIENT-5: non-disclosure orders end after their last day."""

from datetime import datetime

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.client.operations.clients.client import announce_client
from services.client.storage.clients import client as clients
from services.client.storage.clients.client import load_client
from services.client.wire.clients.facts import client_non_disclosure_changed

AT_ONCE = 50
"""So many clients one round of the timer looks after."""


def end_expired_orders(session: Session, *, now: datetime) -> None:
    """End the orders whose last day is over; until then, and of clients who left the register, they protect."""
    for client_id in clients.with_order_over(session, helsinki_date(now), AT_ONCE):
        client = load_client(session, client_id)
        if client.end_non_disclosure(now):
            announce_client(session, client, client_non_disclosure_changed(client), now)
