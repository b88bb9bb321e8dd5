"""S1.09: a client gets a named own-worker."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.client.domain.clients.client import Client, OwnWorker
from services.client.domain.clients.people import Professional
from services.client.operations.clients.client import announce_client
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
    announce_client(session, client, ClientOwnWorkerNamed(client=client_facts(client)), now)
    return client
