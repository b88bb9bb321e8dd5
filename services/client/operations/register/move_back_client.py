"""CLIENT-10: a client who had moved out lives in the county again."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.client.domain.clients.client import Client, check_residence
from services.client.domain.clients.people import ContactData
from services.client.domain.rules import Rules
from services.client.operations.attention.derivation import derive_frequent_user
from services.client.operations.clients.client import announce_client
from services.client.operations.clients.publish_client import publish_client
from services.client.storage.clients.client import load_client
from services.client.wire.clients.facts import client_facts
from sote.client.v1.events_pb2 import ClientRegistered


def move_back_client(
    session: Session, *, client_id: UUID, contact_data: ContactData, etag: str, rules: Rules, now: datetime
) -> Client:
    """Register the client again at the new residence; what was closed stays closed."""
    client = load_client(session, client_id, etag)
    client.check("move_back")
    check_residence(contact_data, rules.municipalities, urgent_need=False)
    client.move_back(contact_data, today=helsinki_date(now), now=now)
    announce_client(session, client, ClientRegistered(client=client_facts(client), again=True), now)
    if derive_frequent_user(session, client, rules=rules, now=now):
        publish_client(session, client.id, now)
    return client
