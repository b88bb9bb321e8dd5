"""CLIENT-4: clients who have had nothing open for long fall dormant."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from services.client.operations.clients.client import announce_client
from services.client.storage import matters
from services.client.storage.clients.client import load_client
from services.client.wire.clients.facts import client_facts
from sote.client.v1.events_pb2 import ClientDormant

AT_ONCE = 50
"""So many clients one round of the timer looks after."""


def mark_dormant_clients(session: Session, *, days: int, now: datetime) -> None:
    """Let clients fall dormant who had nothing open for `days`; a matter opened meanwhile keeps its client awake."""
    since = now - timedelta(days=days)
    for client_id in matters.quiet(session, since, AT_ONCE):
        client = load_client(session, client_id)
        if matters.is_quiet(session, client_id, since):
            client.fall_dormant(now)
            announce_client(session, client, ClientDormant(client=client_facts(client)), now)
