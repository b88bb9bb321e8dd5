"""Clients, contacts and guidance on the wire, and their facts."""

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


def client(client: Client) -> client_pb2.Client:
    """A client as a resource."""
    return client_pb2.Client(
        name=resource_name("clients", client.id),
        uid=str(client.id),
        etag=etag_of(client.version),
        create_time=instant(client.created_at),
        update_time=instant(client.updated_at),
        state=value_of(client_pb2.ClientState, client.state),
        identity_kind=value_of(client_pb2.IdentityKind, client.identity_kind),
        person=person(client.person),
        contact_data=contact_data(client.contact_data),
        attention_flags=[attention_flag(flag) for flag in client.attention_flags],
        own_worker=own_worker(client.own_worker),
        ending=ending(client),
        non_disclosure=non_disclosure(client.non_disclosure),
    )


def ending(client: Client) -> client_pb2.ClientEnding | None:
    """How the client left the register; None for one who is in it."""
    if client.state not in CLOSED:
        return None
    return client_pb2.ClientEnding(
        moved_date=day(client.moved_date),
        moved_to_county=client.moved_to_county,
        deceased_date=day(client.deceased_date),
        merged_into_id=id_text(client.merged_into_id),
    )


def non_disclosure(non_disclosure: NonDisclosure | None) -> client_pb2.NonDisclosure | None:
    """The order in force; None stays absent."""
    if non_disclosure is None:
        return None
    return client_pb2.NonDisclosure(
        from_date=day(non_disclosure.from_date),
        valid_to=day(non_disclosure.valid_to),
        contact_address=non_disclosure.contact_address,
        safe_phone=non_disclosure.safe_phone,
    )


def person(person: Person) -> client_pb2.Person:
    """The core of an identity."""
    return client_pb2.Person(
        given_name=person.given_name,
        family_name=person.family_name,
        birth_date=day(person.birth_date),
        language=value_of(client_pb2.Language, person.language),
        interpreter=person.interpreter,
    )


def person_from(message: client_pb2.Person) -> Person:
    """The person that a request gives."""
    return Person(
        given_name=message.given_name,
        family_name=message.family_name,
        birth_date=day_of(message, "birth_date"),
        language=word(Language, client_pb2.Language, message.language),
        interpreter=message.interpreter,
    )


def contact_data(contact_data: ContactData) -> client_pb2.ContactData:
    """Where a client lives and is reached."""
    return client_pb2.ContactData(
        municipality_code=contact_data.municipality_code,
        address=contact_data.address,
        contact_address=contact_data.contact_address,
        phone=contact_data.phone,
    )


def contact_data_from(message: client_pb2.ContactData) -> ContactData:
    """The contact data that a request gives."""
    return ContactData(
        municipality_code=message.municipality_code,
        address=message.address,
        contact_address=message.contact_address,
        phone=message.phone,
    )


def attention_flag(attention_flag: AttentionFlag) -> client_pb2.AttentionFlag:
    """A flag."""
    return client_pb2.AttentionFlag(
        kind=value_of(care_pb2.AttentionKind, attention_flag.kind),
        source=value_of(client_pb2.AttentionSource, attention_flag.source),
        reason=attention_flag.reason,
        from_date=day(attention_flag.from_date),
        to_date=day(attention_flag.to_date),
        lift_reason=attention_flag.lift_reason,
        set_by=attention_flag.set_by,
        lifted_by=attention_flag.lifted_by,
    )


def attention_kind_from(value: int) -> AttentionKind:
    """The flag that a request names."""
    return word(AttentionKind, care_pb2.AttentionKind, value)


def own_worker(own_worker: OwnWorker | None) -> client_pb2.OwnWorker | None:
    """The own-worker; None stays absent."""
    if own_worker is None:
        return None
    return client_pb2.OwnWorker(
        professional=professional(own_worker.professional),
        pair=professional(own_worker.pair) if own_worker.pair else None,
        from_date=day(own_worker.from_date),
    )
