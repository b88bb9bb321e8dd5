"""CLIENT-5: the order that keeps a client's whereabouts ends before its last day."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.client.domain.clients.client import Client
from services.client.operations.clients.client import announce_client
from services.client.storage.clients.client import load_client
from services.client.wire.clients.facts import client_non_disclosure_changed


def end_non_disclosure(session: Session, *, client_id: UUID, etag: str, now: datetime) -> Client:
    """End the order in force."""
    client = load_client(session, client_id, etag)
    if client.end_non_disclosure(now):
        announce_client(session, client, client_non_disclosure_changed(client), now)
    return client
