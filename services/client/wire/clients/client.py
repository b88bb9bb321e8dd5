"""Clients, contacts and guidance on the wire, and their facts."""

from typing import Any

from services.chassis.etags import etag_of
from services.chassis.names import resource_name
from services.chassis.values import day, id_text, instant
from services.chassis.words import value_of, word
from services.client.domain.clients.client import CLOSED, Client, OwnWorker
from services.client.domain.clients.flags import AttentionFlag, AttentionKind
from services.client.domain.clients.non_disclosure import NonDisclosure
from services.client.domain.clients.people import ContactData, Language, Person
from services.client.domain.contacts import Channel, Contact, Initiator
from services.client.domain.guidance import Guidance, GuidanceKind
from services.client.wire.values import day_of, professional
from sote.client.v1 import choice_pb2, client_pb2, contact_pb2, events_pb2, guidance_pb2
from sote.type.v1 import care_pb2


def client(one: Client) -> client_pb2.Client:
    """A client as a resource."""
    return client_pb2.Client(
        name=resource_name("clients", one.id),
        uid=str(one.id),
        etag=etag_of(one.version),
        create_time=instant(one.created_at),
        update_time=instant(one.updated_at),
        state=value_of(client_pb2.ClientState, one.status),
        identity_kind=value_of(client_pb2.IdentityKind, one.identity_kind),
        person=person(one.person),
        contact_data=contact_data(one.contact_data),
        attention_flags=[attention_flag(flag) for flag in one.attention_flags],
        own_worker=own_worker(one.own_worker),
        ending=ending(one),
        non_disclosure=non_disclosure(one.non_disclosure),
    )


def ending(one: Client) -> client_pb2.ClientEnding | None:
    """How the client left the register; None for one who is in it."""
    if one.status not in CLOSED:
        return None
    return client_pb2.ClientEnding(
        moved_date=day(one.moved_date),
        moved_to_county=one.moved_to_county,
        deceased_date=day(one.deceased_date),
        merged_into_id=id_text(one.merged_into_id),
    )


def non_disclosure(one: NonDisclosure | None) -> client_pb2.NonDisclosure | None:
    """The order in force; None stays absent."""
    if one is None:
        return None
    return client_pb2.NonDisclosure(
        from_date=day(one.from_date),
        valid_to=day(one.valid_to),
        contact_address=one.contact_address,
        safe_phone=one.safe_phone,
    )


def person(one: Person) -> client_pb2.Person:
    """The core of an identity."""
    return client_pb2.Person(
        given_name=one.given_name,
        family_name=one.family_name,
        birth_date=day(one.birth_date),
        language=value_of(client_pb2.Language, one.language),
        interpreter=one.interpreter,
    )


def person_of(told: client_pb2.Person) -> Person:
    """The person told."""
    return Person(
        given_name=told.given_name,
        family_name=told.family_name,
        birth_date=day_of(told, "birth_date"),
        language=word(Language, client_pb2.Language, told.language),
        interpreter=told.interpreter,
    )


def contact_data(one: ContactData) -> client_pb2.ContactData:
    """Where a client lives and is reached."""
    return client_pb2.ContactData(
        municipality_code=one.municipality_code,
        address=one.address,
        contact_address=one.contact_address,
        phone=one.phone,
    )


def contact_data_of(told: client_pb2.ContactData) -> ContactData:
    """The contact data told."""
    return ContactData(
        municipality_code=told.municipality_code,
        address=told.address,
        contact_address=told.contact_address,
        phone=told.phone,
    )


def attention_flag(one: AttentionFlag) -> client_pb2.AttentionFlag:
    """A flag."""
    return client_pb2.AttentionFlag(
        kind=value_of(care_pb2.AttentionKind, one.kind),
        source=value_of(client_pb2.AttentionSource, one.source),
        reason=one.reason,
        from_date=day(one.from_date),
        to_date=day(one.to_date),
        lift_reason=one.lift_reason,
        set_by=one.set_by,
        lifted_by=one.lifted_by,
    )


def attention_kind_of(value: Any) -> AttentionKind:
    """The flag told."""
    return word(AttentionKind, care_pb2.AttentionKind, value)


def own_worker(one: OwnWorker | None) -> client_pb2.OwnWorker | None:
    """The own-worker; None stays absent."""
    if one is None:
        return None
    return client_pb2.OwnWorker(
        professional=professional(one.professional),
        pair=professional(one.pair) if one.pair else None,
        from_date=day(one.from_date),
    )


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


def channel_of(value: Any) -> Channel:
    """The channel told."""
    return word(Channel, contact_pb2.ContactChannel, value)


def initiator_of(value: Any) -> Initiator:
    """The initiator told."""
    return word(Initiator, contact_pb2.ContactInitiator, value)


def contact_received(one: Contact) -> events_pb2.ContactReceived:
    """The fact of a contact."""
    return events_pb2.ContactReceived(
        contact_id=str(one.id),
        client_id=id_text(one.client_id),
        received_time=instant(one.received_at),
        urgent=one.urgent,
        unit_id=id_text(one.unit_id),
    )


def guidance(one: Guidance) -> guidance_pb2.Guidance:
    """A guidance record as a resource."""
    return guidance_pb2.Guidance(
        name=resource_name("guidance", one.id),
        uid=str(one.id),
        create_time=instant(one.created_at),
        client_id=id_text(one.client_id),
        kind=value_of(guidance_pb2.GuidanceKind, one.kind),
        giver_organisation_id=str(one.giver_organisation_id),
        given_by=one.created_by,
        unit_id=id_text(one.unit_id),
        channel=value_of(contact_pb2.ContactChannel, one.channel),
        topic=one.topic,
        voucher_id=id_text(one.voucher_id),
        choice_kind=value_of(choice_pb2.DirectChoiceKind, one.choice_kind),
        option_provider_ids=[str(option) for option in one.option_provider_ids],
        options_digest=one.options_digest,
        list_digest=one.list_digest,
        language=value_of(client_pb2.Language, one.language),
        client_understood=one.client_understood,
    )


def guidance_kind_of(value: Any) -> GuidanceKind:
    """The kind told."""
    return word(GuidanceKind, guidance_pb2.GuidanceKind, value)


def language_of(value: Any) -> Language:
    """The language told."""
    return word(Language, client_pb2.Language, value)


def guidance_given(one: Guidance) -> events_pb2.GuidanceGiven:
    """The fact of guidance."""
    return events_pb2.GuidanceGiven(
        guidance_id=str(one.id),
        client_id=id_text(one.client_id),
        kind=value_of(guidance_pb2.GuidanceKind, one.kind),
        voucher_id=id_text(one.voucher_id),
        giver_organisation_id=str(one.giver_organisation_id),
        given_time=instant(one.created_at),
        option_provider_ids=[str(option) for option in one.option_provider_ids],
        options_digest=one.options_digest,
        list_digest=one.list_digest,
    )
