"""CLIENT-8: a client moved to another county."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.client.domain.assessments.assessment import CancelReason
from services.client.domain.clients.client import Client
from services.client.operations.clients.client import announce_client
from services.client.operations.register.departure import end_matters
from services.client.storage.clients.client import load_client
from services.client.wire.clients.facts import client_moved_out


def move_out_client(session: Session, *, client_id: UUID, day: date, county: str, etag: str, now: datetime) -> Client:
    """Close the client from the day of the move; back-dated days are normal (PROCESS-D1)."""
    client = load_client(session, client_id, etag)
    client.move_out(day, county, today=helsinki_date(now), now=now)
    end_matters(session, client, CancelReason.MOVED, now)
    return announce_client(session, client, client_moved_out(client), now)
