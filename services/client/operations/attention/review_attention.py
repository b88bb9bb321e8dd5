"""ATTENTION-2: services that are over count no more: flags follow the calendar."""

from datetime import datetime

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.client.operations.attention.derivation import derive_wide_range
from services.client.operations.clients.publish_client import publish_client
from services.client.storage.attention import review as reviews
from services.client.storage.clients.client import load_client

AT_ONCE = 50
"""So many clients one round of the timer looks after."""


def review_attention(session: Session, *, now: datetime) -> None:
    """Derive the flags of clients with a service that ended; each notes when to look again."""
    for client_id in reviews.due(session, helsinki_date(now), AT_ONCE):
        client = load_client(session, client_id)
        if derive_wide_range(session, client, now=now):
            publish_client(session, client_id, now)
