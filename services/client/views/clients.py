"""Questions to ClientService."""

from collections.abc import Callable
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.names import resource_id
from services.chassis.vault import Vault
from services.client.domain.clients.non_disclosure import ENTITLED
from services.client.storage.clients import client as clients
from services.client.storage.clients import identity_code as identity_codes
from services.client.wire.clients import client as client_wire
from sote.client.v1 import (
    client_pb2,
)
from sote.client.v1 import client_service_pb2 as pb


def get_client(session: Session, name: str) -> client_pb2.Client:
    """The client `clients/{uuid}`."""
    return client_wire.client(clients.get_client(session, resource_id(name, "clients")))


def find_client(
    session: Session, vault: Vault, code: str, role: str, *, shows: Callable[[UUID], bool]
) -> client_pb2.Client:
    """The client with a valid identity code, of today or earlier; for one that was merged, the one that stays.

    One with a non-disclosure order is found by the county alone; one whom the caller may not see is found as if there
    were none (INV-14).
    """
    owner = identity_codes.owner_of(session, vault, code)
    if owner is None:
        raise clients.unknown()
    client = clients.get_client(session, owner)
    while client.merged_into_id is not None:
        client = clients.get_client(session, client.merged_into_id)
    if (client.non_disclosure and role not in ENTITLED) or not shows(client.id):
        raise clients.unknown()
    return client_wire.client(client)


def get_identity_code(session: Session, vault: Vault, name: str) -> pb.GetIdentityCodeResponse:
    """The identity code of the client `clients/{uuid}`."""
    client = clients.get_client(session, resource_id(name, "clients"))
    return pb.GetIdentityCodeResponse(identity_code=identity_codes.code_of(session, vault, client.id))
