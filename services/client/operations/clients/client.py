"""What every change of a client's place in the register begins and ends with."""

from datetime import datetime
from uuid import UUID

from google.protobuf.message import Message
from sqlalchemy.orm import Session

from services.chassis.identity import Caller
from services.chassis.inbox import NotYet
from services.chassis.outbox import announce
from services.client.domain.clients.client import Client, ClientState, IdentityKind
from services.client.domain.clients.people import ContactData, Person
from services.client.domain.refusals import Unknown
from services.client.operations.callers import county_of
from services.client.operations.clients.publish_client import publish_client
from services.client.storage.clients.client import load_client
from services.client.wire.clients.facts import client_facts
from sote.client.v1.events_pb2 import ClientActivated


def announce_client(session: Session, client: Client, fact: Message, now: datetime) -> Client:
    """Announce what happened to the client and refresh the section."""
    announce(session, fact, aggregate="clients", aggregate_id=client.id, version=client.version)
    publish_client(session, client.id, now)
    return client


def new_prospect(uid: UUID, caller: Caller, now: datetime, *, version: int) -> Client:
    """A client whose identity is not verified; `version` is 0 where the same act goes on to register it."""
    return Client(
        id=uid,
        **county_of(caller),
        state=ClientState.PROSPECT,
        identity_kind=IdentityKind.UNVERIFIED,
        person=Person(),
        contact_data=ContactData(),
        created_at=now,
        created_by=caller.subject,
        updated_at=now,
        version=version,
    )


def open_matter(session: Session, *, client: Client, now: datetime) -> None:
    """Let the locked client become active, if this is the first open matter; a closed client is refused (INV-16)."""
    if client.open_matter(now):
        fact = ClientActivated(client=client_facts(client))
        announce(session, fact, aggregate="clients", aggregate_id=client.id, version=client.version)


def load_client_of_fact(session: Session, client_id: UUID) -> Client:
    """The client, locked; for one who was merged, the one who stays. `NotYet` for one not known here."""
    try:
        client = load_client(session, client_id)
        while client.merged_into_id is not None:
            client = load_client(session, client.merged_into_id)
    except Unknown:
        raise NotYet("the client is not known here yet") from None
    return client
