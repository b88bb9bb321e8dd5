"""CLIENT-2: a person becomes a registered client."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.identity import Caller
from services.chassis.vault import Vault
from services.client.domain.clients.client import Client, IdentityKind, check_residence
from services.client.domain.clients.identity_code import identity_code
from services.client.domain.clients.people import ContactData, Person
from services.client.domain.clients.refusals import IdentityCodeInUse
from services.client.domain.rules import Rules
from services.client.operations.clients.client import announce_client, new_prospect
from services.client.storage.clients import identity_code as identity_codes
from services.client.storage.clients.client import load_client
from services.client.wire.clients.facts import client_facts
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
            raise IdentityCodeInUse("a client with this identity code is registered")
    check_residence(contact_data, rules.municipalities, urgent_need=urgent_need)
    client = load_client(session, prospect_id, etag) if prospect_id else new_prospect(new_id(), caller, now, version=0)
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
    announce_client(session, client, ClientRegistered(client=client_facts(client)), now)
    return client
