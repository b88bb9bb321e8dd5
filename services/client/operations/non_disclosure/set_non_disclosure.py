"""CLIENT-5: a client's whereabouts are disclosed to the county alone, for a time."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.client.domain.clients.client import Client
from services.client.domain.clients.non_disclosure import order
from services.client.operations.clients.client import announce_client
from services.client.storage.clients.client import load_client
from services.client.wire.clients.facts import client_non_disclosure_changed


def set_non_disclosure(
    session: Session,
    *,
    client_id: UUID,
    valid_to: date,
    contact_address: str,
    safe_phone: str,
    etag: str,
    now: datetime,
) -> Client:
    """Grant an order, or extend the one in force."""
    client = load_client(session, client_id, etag)
    client.check("set_non_disclosure")
    granted = order(
        client.non_disclosure,
        valid_to=valid_to,
        contact_address=contact_address,
        safe_phone=safe_phone,
        today=helsinki_date(now),
    )
    if client.set_non_disclosure(granted, now):
        announce_client(session, client, client_non_disclosure_changed(client), now)
    return client
