"""ATTENTION-1: a delivery counts for the flag FREQUENT_USER."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.client.domain.attention import window_begin
from services.client.domain.rules import Rules
from services.client.operations.attention.derivation import derive_frequent_user
from services.client.operations.clients.client import load_client_of_fact
from services.client.operations.clients.publish_client import publish_client
from services.client.storage.attention import delivery as deliveries


def count_delivery(
    session: Session, *, client_id: UUID, delivery_id: UUID, service_date: date, rules: Rules, now: datetime
) -> None:
    """Count a delivery once, however late its fact comes; one of more than twelve months ago counts no more."""
    client = load_client_of_fact(session, client_id)
    if service_date <= window_begin(helsinki_date(now)):
        return
    taken = deliveries.store(session, delivery_id=delivery_id, client_id=client.id, service_date=service_date)
    if taken and derive_frequent_user(session, client, rules=rules, now=now):
        publish_client(session, client.id, now)
