"""CLIENT-11: the report that closed a client was wrong."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.client.domain.clients.client import Client
from services.client.domain.rules import Rules
from services.client.operations.attention.derivation import derive_frequent_user
from services.client.operations.clients.client import announce_client
from services.client.operations.clients.publish_client import publish_client
from services.client.storage.clients.client import load_client
from services.client.wire.clients.facts import client_status_corrected


def correct_client_status(session: Session, *, client_id: UUID, etag: str, rules: Rules, now: datetime) -> Client:
    """Make the client registered again; matters that the report closed are opened as new ones (PROCESS-D8)."""
    client = load_client(session, client_id, etag)
    before = client.state
    client.correct_status(now)
    announce_client(session, client, client_status_corrected(client, before), now)
    if derive_frequent_user(session, client, rules=rules, now=now):
        publish_client(session, client.id, now)
    return client
