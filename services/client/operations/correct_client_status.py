"""C11: the report that closed a client was wrong."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.client.domain.client import Client
from services.client.operations.own_client import own_client, tell_client
from services.client.wire.client_facts import client_status_corrected


def correct_client_status(session: Session, *, client_id: UUID, etag: str, now: datetime) -> Client:
    """Make the client registered again; matters closed by the report are opened anew, never re-opened (saga D)."""
    client = own_client(session, client_id, etag)
    before = client.status
    client.correct_status(now)
    return tell_client(session, client, client_status_corrected(client, before), now)
