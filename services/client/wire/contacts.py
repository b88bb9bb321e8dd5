"""Contacts on the wire, and their fact."""

from typing import Any

from services.chassis.names import resource_name
from services.chassis.values import id_text, instant
from services.chassis.words import value_of, word
from services.client.domain.clients.people import ContactData, Person
from services.client.domain.contacts import Channel, Contact, Initiator
from services.client.wire.clients.client import contact_data_from, person_from
from sote.client.v1 import contact_pb2, events_pb2
from sote.client.v1 import contact_service_pb2 as pb


def contact(one: Contact) -> contact_pb2.Contact:
    """A contact as a resource."""
    return contact_pb2.Contact(
        name=resource_name("contacts", one.id),
        uid=str(one.id),
        create_time=instant(one.created_at),
        client_id=id_text(one.client_id),
        channel=value_of(contact_pb2.ContactChannel, one.channel),
        unit_id=id_text(one.unit_id),
        initiator=value_of(contact_pb2.ContactInitiator, one.initiator),
        urgent=one.urgent,
        text=one.text,
        received_time=instant(one.received_at),
        child_welfare=one.child_welfare,
    )


def contact_received(one: Contact) -> events_pb2.ContactReceived:
    """The fact of a contact."""
    return events_pb2.ContactReceived(
        contact_id=str(one.id),
        client_id=id_text(one.client_id),
        received_time=instant(one.received_at),
        urgent=one.urgent,
        unit_id=id_text(one.unit_id),
    )


def channel_from(value: Any) -> Channel:
    """The channel told."""
    return word(Channel, contact_pb2.ContactChannel, value)


def initiator_from(value: Any) -> Initiator:
    """The initiator told."""
    return word(Initiator, contact_pb2.ContactInitiator, value)


def prospect_from(request: pb.RecordContactRequest) -> tuple[Person, ContactData] | None:
    """The person and contact data of a new prospect, when the request tells of one."""
    if not request.HasField("prospect"):
        return None
    return person_from(request.prospect.person), contact_data_from(request.prospect.contact_data)
