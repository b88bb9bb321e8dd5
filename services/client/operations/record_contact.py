"""C1: somebody made contact."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.identity import Caller
from services.chassis.outbox import announce
from services.client.domain.client import Client
from services.client.domain.contact import Channel, Contact, Initiator, check_received
from services.client.domain.people import ContactData, Person
from services.client.domain.relationship import RelationshipKind, Tie
from services.client.operations.callers import county_of, organisation_of
from services.client.operations.keep_relationships import give_days
from services.client.operations.publish_client import publish_client
from services.client.operations.register_client import new_prospect
from services.client.storage import clients
from services.client.wire.clients import contact_received


def record_contact(
    session: Session,
    *,
    client_id: UUID | None,
    prospect: tuple[Person, ContactData] | None,
    channel: Channel,
    unit_id: UUID | None,
    initiator: Initiator,
    urgent: bool,
    text: str,
    received_at: datetime | None,
    caller: Caller,
    now: datetime,
    new_id: Callable[[], UUID],
) -> Contact:
    """Record a contact of a client, of a new prospect, or anonymous; it waits for nobody (4.1 rule 6)."""
    check_received(received_at or now, now)
    if client_id is not None:
        clients.lock(session, client_id)
    if prospect is not None:
        client_id = _add_prospect(session, new_id(), prospect, caller, now)
    contact = Contact(
        id=new_id(),
        **county_of(caller),
        client_id=client_id,
        channel=channel,
        unit_id=unit_id,
        initiator=initiator,
        urgent=urgent,
        text=text,
        received_at=received_at or now,
        created_at=now,
        created_by=caller.subject,
    )
    session.add(contact)
    announce(session, contact_received(contact), aggregate="contacts", aggregate_id=contact.id, version=1)
    if client_id is not None:
        _told(session, clients.get(session, client_id), contact, organisation_of(caller), new_id())
    return contact


def _told(session: Session, client: Client, contact: Contact, organisation: UUID | None, new_id: UUID) -> None:
    """Who had the contact has a relationship for some days (5.3); a client who called is none."""
    now = contact.created_at
    if organisation:
        tie = Tie(RelationshipKind.GUIDANCE, organisation, contact.unit_id)
        give_days(session, client=client, source_id=contact.id, tie=tie, now=now, new_id=new_id)
    publish_client(session, client.id, now)


def _add_prospect(session: Session, uid: UUID, told: tuple[Person, ContactData], caller: Caller, now: datetime) -> UUID:
    client = new_prospect(uid, caller, now, version=1)
    client.person, client.contact_data = told
    session.add(client)
    session.flush()
    return uid
