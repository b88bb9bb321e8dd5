"""C3: a matter of a client was opened, here or in another service."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.inbox import NotYet
from services.chassis.outbox import announce
from services.client.domain.client import OPEN, Client
from services.client.domain.refusals import Unknown
from services.client.operations.publish_client import publish_client
from services.client.storage import clients
from services.client.wire.clients import client_facts
from sote.client.v1.events_pb2 import ClientActivated


def open_matter(session: Session, *, client: Client, now: datetime) -> None:
    """Let the locked client become active, if this is the first open matter; a closed client is refused (INV-16)."""
    if client.open_matter(now):
        fact = ClientActivated(client=client_facts(client))
        announce(session, fact, aggregate="clients", aggregate_id=client.id, version=client.version)


def note_matter(session: Session, *, client_id: UUID, now: datetime) -> None:
    """Another service told that it opened a matter; what it told of a client closed since needs nothing here."""
    try:
        client = clients.lock(session, client_id)
    except Unknown:
        raise NotYet("the client of this matter is not known here yet") from None
    if client.status in OPEN:
        open_matter(session, client=client, now=now)
        publish_client(session, client_id, now)
