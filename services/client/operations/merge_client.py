"""C12: one person was recorded twice."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.client.domain.assessment import CancelReason
from services.client.domain.client import Client
from services.client.operations.own_client import end_matters, own_client, tell_client
from services.client.storage import clients
from services.client.wire.client_facts import client_merged


def merge_client(session: Session, *, client_id: UUID, target_id: UUID, etag: str, now: datetime) -> Client:
    """Merge the client into the one recorded first; both rows are locked in the order of their ids."""
    locked = {uid: clients.lock(session, uid) for uid in sorted({client_id, target_id})}
    client = own_client(session, client_id, etag)
    client.merge_into(locked[target_id], now)
    end_matters(session, client, CancelReason.DUPLICATE, now)
    return tell_client(session, client, client_merged(client), now)
