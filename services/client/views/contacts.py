"""Questions to ContactService."""

from sqlalchemy.orm import Session

from services.chassis.names import resource_id
from services.client.storage import contacts
from services.client.wire import contacts as wire
from sote.client.v1 import (
    contact_pb2,
)


def get_contact(session: Session, name: str) -> contact_pb2.Contact:
    """The contact `contacts/{uuid}`."""
    return wire.contact(contacts.get_contact(session, resource_id(name, "contacts")))
