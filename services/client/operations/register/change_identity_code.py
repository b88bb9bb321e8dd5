"""IDENTIFIER-5: a person's identity code changes, or a temporary identity is verified."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.vault import Vault
from services.client.domain.clients.client import Client
from services.client.domain.clients.identity_code import identity_code
from services.client.domain.clients.refusals import IdentityCodeInUse
from services.client.domain.rules import Rules
from services.client.operations.clients.client import announce_client
from services.client.storage.clients import identity_code as identity_codes
from services.client.storage.clients.client import load_client
from services.client.wire.clients.facts import client_facts
from sote.client.v1.events_pb2 import ClientIdentityCodeChanged


def change_identity_code(
    session: Session,
    *,
    client_id: UUID,
    code: str,
    etag: str,
    vault: Vault,
    rules: Rules,
    now: datetime,
    new_id: Callable[[], UUID],
) -> Client:
    """Give the client a new code; the old one stays theirs and still finds them. No code is in the fact (INV-25)."""
    client = load_client(session, client_id, etag)
    valid = identity_code(code, rules.identity_range)
    if identity_codes.owner_of(session, vault, valid.code) is not None:
        raise IdentityCodeInUse("a client with this identity code is registered")
    client.change_identity(valid.birth_date, now)
    identity_codes.replace(session, vault, uid=new_id(), client_id=client_id, code=valid.code, now=now)
    return announce_client(session, client, ClientIdentityCodeChanged(client=client_facts(client)), now)
