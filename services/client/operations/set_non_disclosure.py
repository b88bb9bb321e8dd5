"""C5: a client's whereabouts are kept from everybody but the county, for a time."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.client.domain.client import Client
from services.client.domain.non_disclosure import order
from services.client.operations.own_client import own_client, tell_client
from services.client.storage import clients
from services.client.wire.client_facts import client_non_disclosure_changed

AT_ONCE = 50
"""So many clients one round of the timer looks after."""


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
    client = own_client(session, client_id, etag)
    client.check("set_non_disclosure")
    granted = order(
        client.non_disclosure,
        valid_to=valid_to,
        contact_address=contact_address,
        safe_phone=safe_phone,
        today=helsinki_date(now),
    )
    if client.set_non_disclosure(granted, now):
        tell_client(session, client, client_non_disclosure_changed(client), now)
    return client


def end_non_disclosure(session: Session, *, client_id: UUID, etag: str, now: datetime) -> Client:
    """End the order in force."""
    client = own_client(session, client_id, etag)
    if client.end_non_disclosure(now):
        tell_client(session, client, client_non_disclosure_changed(client), now)
    return client


def end_orders(session: Session, *, now: datetime) -> None:
    """End the orders whose last day is over; until then, and of clients who left the register, they protect."""
    for client_id in clients.with_order_over(session, helsinki_date(now), AT_ONCE):
        end_non_disclosure(session, client_id=client_id, etag="", now=now)
