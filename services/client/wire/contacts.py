"""Contacts on the wire, and their fact."""

from services.chassis.names import resource_name
from services.chassis.values import id_of, id_text, instant
from services.chassis.words import value_of, word
from services.client.domain.clients.people import ContactData, Person
from services.client.domain.contacts import Channel, Contact, ContactReport, Initiator
from services.client.wire.clients.client import contact_data_from, person_from
from services.client.wire.values import instant_of
from sote.client.v1 import contact_pb2, events_pb2
from sote.client.v1 import contact_service_pb2 as pb


def contact(contact: Contact) -> contact_pb2.Contact:
    """A contact as a resource."""
    return contact_pb2.Contact(
        name=resource_name("contacts", contact.id),
        uid=str(contact.id),
        create_time=instant(contact.created_at),
        client_id=id_text(contact.client_id),
        channel=value_of(contact_pb2.ContactChannel, contact.channel),
        unit_id=id_text(contact.unit_id),
        initiator=value_of(contact_pb2.ContactInitiator, contact.initiator),
        urgent=contact.urgent,
        text=contact.text,
        received_time=instant(contact.received_at),
        child_welfare=contact.child_welfare,
    )


def contact_received(contact: Contact) -> events_pb2.ContactReceived:
    """The fact of a contact."""
    return events_pb2.ContactReceived(
        contact_id=str(contact.id),
        client_id=id_text(contact.client_id),
        received_time=instant(contact.received_at),
        urgent=contact.urgent,
        unit_id=id_text(contact.unit_id),
    )


def channel_from(value: int) -> Channel:
    """The channel that a request names."""
    return word(Channel, contact_pb2.ContactChannel, value)


def initiator_from(value: int) -> Initiator:
    """The initiator that a request names."""
    return word(Initiator, contact_pb2.ContactInitiator, value)


def report_from(request: pb.RecordContactRequest) -> ContactReport:
    """What a request reports of a contact."""
    return ContactReport(
        channel=channel_from(request.channel),
        unit_id=id_of(request.unit_id),
        initiator=initiator_from(request.initiator),
        urgent=request.urgent,
        text=request.text,
        received_at=instant_of(request, "received_time"),
        child_welfare=request.child_welfare,
    )


def prospect_from(request: pb.RecordContactRequest) -> tuple[Person, ContactData] | None:
    """The person and contact data of a new prospect, when the request has one."""
    if not request.HasField("prospect"):
        return None
    return person_from(request.prospect.person), contact_data_from(request.prospect.contact_data)
