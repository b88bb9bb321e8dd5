"""Whom a neighbour's fact is about."""

from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.inbox import NotYet
from services.client.domain.client import Client
from services.client.domain.refusals import Unknown
from services.client.storage import clients


def heard_client(session: Session, client_id: UUID) -> Client:
    """The client, locked; for one who was merged, the one who stays. `NotYet` for one not known here."""
    try:
        client = clients.lock(session, client_id)
        while client.merged_into_id is not None:
            client = clients.lock(session, client.merged_into_id)
    except Unknown:
        raise NotYet("the client is not known here yet") from None
    return client
