"""S1.09: a client gets a named own-worker."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.outbox import announce
from services.client.domain.clients.client import Client, OwnWorker
from services.client.domain.clients.people import Professional
from services.client.operations.clients.publish_client import publish_client
from services.client.storage.clients.client import load_client
from services.client.wire.clients.facts import client_facts
from sote.client.v1.events_pb2 import ClientOwnWorkerNamed


def name_own_worker(
    session: Session,
    *,
    client_id: UUID,
    professional: Professional,
    pair: Professional | None,
    etag: str,
    now: datetime,
) -> Client:
    """Name the own-worker, alone or in pair with a social worker; the one before is replaced."""
    client = load_client(session, client_id, etag)
    client.name_own_worker(OwnWorker(professional, pair, helsinki_date(now)), now)
    fact = ClientOwnWorkerNamed(client=client_facts(client))
    announce(session, fact, aggregate="clients", aggregate_id=client.id, version=client.version)
    publish_client(session, client.id, now)
    return client
