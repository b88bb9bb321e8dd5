"""C3: a matter of a client was opened, here or in another service."""

from datetime import datetime

from sqlalchemy.orm import Session

from services.chassis.outbox import announce
from services.client.domain.client import Client
from services.client.wire.client_facts import client_facts
from sote.client.v1.events_pb2 import ClientActivated


def open_matter(session: Session, *, client: Client, now: datetime) -> None:
    """Let the locked client become active, if this is the first open matter; a closed client is refused (INV-16)."""
    if client.open_matter(now):
        fact = ClientActivated(client=client_facts(client))
        announce(session, fact, aggregate="clients", aggregate_id=client.id, version=client.version)
