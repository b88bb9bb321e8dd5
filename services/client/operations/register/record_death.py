"""CLIENT-9: a client died."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.client.domain.assessments.assessment import CancelReason
from services.client.domain.clients.client import Client
from services.client.operations.clients.client import announce_client
from services.client.operations.register.departure import end_matters
from services.client.storage.clients.client import load_client
from services.client.wire.clients.facts import client_deceased


def record_death(session: Session, *, client_id: UUID, day: date, etag: str, now: datetime) -> Client:
    """Close the client from the day of death; the same day again changes nothing, another day is announced again."""
    client = load_client(session, client_id, etag)
    if not client.record_death(day, today=helsinki_date(now), now=now):
        return client
    end_matters(session, client, CancelReason.DECEASED, now)
    return announce_client(session, client, client_deceased(client), now)
