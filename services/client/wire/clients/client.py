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
from services.client.wire.values import day_of, professional
from sote.client.v1 import client_pb2
from sote.type.v1 import care_pb2


def client(one: Client) -> client_pb2.Client:
    """A client as a resource."""
    return client_pb2.Client(
        name=resource_name("clients", one.id),
        uid=str(one.id),
        etag=etag_of(one.version),
        create_time=instant(one.created_at),
        update_time=instant(one.updated_at),
        state=value_of(client_pb2.ClientState, one.state),
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
    if one.state not in CLOSED:
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


def person_from(told: client_pb2.Person) -> Person:
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


def contact_data_from(told: client_pb2.ContactData) -> ContactData:
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


def attention_kind_from(value: Any) -> AttentionKind:
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
