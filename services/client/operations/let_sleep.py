"""C4: clients who have had nothing open for long fall dormant."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from services.client.operations.own_client import tell_client
from services.client.storage import clients, matters
from services.client.wire.client_facts import client_facts
from sote.client.v1.events_pb2 import ClientDormant

AT_ONCE = 50
"""So many clients one round of the timer looks after."""


def let_sleep(session: Session, *, days: int, now: datetime) -> None:
    """Let clients fall dormant who had nothing open for `days`; a matter opened meanwhile keeps its client awake."""
    since = now - timedelta(days=days)
    for client_id in matters.quiet(session, since, AT_ONCE):
        client = clients.lock(session, client_id)
        if matters.is_quiet(session, client_id, since):
            client.fall_dormant(now)
            tell_client(session, client, ClientDormant(client=client_facts(client)), now)
