"""CLIENT-6: a professional decides that a client no longer needs special support."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.client.domain.clients.client import Client
from services.client.domain.clients.flags import AttentionKind
from services.client.domain.clients.people import Professional
from services.client.operations.clients.client import announce_client
from services.client.storage.clients.client import load_client
from services.client.wire.clients.facts import client_facts
from sote.client.v1.events_pb2 import ClientAttentionChanged


def lift_attention(
    session: Session,
    *,
    client_id: UUID,
    kind: AttentionKind,
    reason: str,
    by: Professional,
    etag: str,
    now: datetime,
) -> Client:
    """Lift the flag; nothing changes, and nothing is announced, when it is not in force."""
    client = load_client(session, client_id, etag)
    if client.lift_attention(kind, reason=reason, by=by, today=helsinki_date(now), now=now):
        announce_client(session, client, ClientAttentionChanged(client=client_facts(client)), now)
    return client
