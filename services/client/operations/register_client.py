"""C2: somebody becomes a registered client."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.etags import check_etag
from services.chassis.identity import Caller
from services.chassis.outbox import announce
from services.client.domain.client import Client, ClientStatus, IdentityKind, check_residence
from services.client.domain.identity_code import identity_code
from services.client.domain.people import ContactData, Person
from services.client.domain.refusals import IdentityCodeInUse
from services.client.domain.rules import Rules
from services.client.operations.callers import county_of
from services.client.operations.publish_client import publish_client
from services.client.storage import clients, identity_codes
from services.client.storage.vault import Vault
from services.client.wire.client_facts import client_facts
from sote.client.v1.events_pb2 import ClientRegistered


def register_client(
    session: Session,
    *,
    code: str,
    temporary_reason: str,
    prospect_id: UUID | None,
    person: Person,
    contact_data: ContactData,
    urgent_need: bool,
    etag: str,
    vault: Vault,
    rules: Rules,
    caller: Caller,
    now: datetime,
    new_id: Callable[[], UUID],
) -> Client:
    """Register a client with an identity code, or without one temporarily; a prospect keeps its id."""
    kind = IdentityKind.TEMPORARY
    if code:
        valid = identity_code(code, rules.identity_range)
        code, kind, person = valid.code, IdentityKind.PERSONAL_CODE, replace(person, birth_date=valid.birth_date)
        if identity_codes.owner_of(session, vault, code) is not None:
            raise IdentityCodeInUse
    check_residence(contact_data, rules.municipalities, urgent_need=urgent_need)
    client = _prospect(session, prospect_id, etag) if prospect_id else new_prospect(new_id(), caller, now, version=0)
    client.register(
        identity_kind=kind,
        reason="" if code else temporary_reason,
        person=person,
        contact_data=contact_data,
        today=helsinki_date(now),
        now=now,
    )
    session.add(client)
    if code:
        identity_codes.keep(session, vault, uid=new_id(), client_id=client.id, code=code, now=now)
    fact = ClientRegistered(client=client_facts(client))
    announce(session, fact, aggregate="clients", aggregate_id=client.id, version=client.version)
    publish_client(session, client.id, now)
    return client


def new_prospect(uid: UUID, caller: Caller, now: datetime, *, version: int) -> Client:
    """A client whose identity is not verified; `version` is 0 where the same act goes on to register it."""
    return Client(
        id=uid,
        **county_of(caller),
        status=ClientStatus.PROSPECT,
        identity_kind=IdentityKind.UNVERIFIED,
        person=Person(),
        contact_data=ContactData(),
        created_at=now,
        created_by=caller.subject,
        updated_at=now,
        version=version,
    )


def _prospect(session: Session, client_id: UUID, etag: str) -> Client:
    client = clients.lock(session, client_id)
    check_etag(etag, client.version)
    return client
