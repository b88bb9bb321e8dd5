"""What the methods of every noun stand on: the door, the rules and the vault."""

from uuid import UUID

import grpc

from services.chassis.door import Call, Door
from services.chassis.weekdays import FinnishCalendar
from services.client.domain.refusals import NoRelationship
from services.client.domain.rules import Rules
from services.client.operations.callers import is_client, organisation_of
from services.client.storage.vault import Vault

Context = grpc.ServicerContext
PROVIDERS = frozenset({"HOP", "HSP", "PRV"})


class Methods:
    """The methods of one noun."""

    def __init__(self, door: Door, rules: Rules, vault: Vault) -> None:
        self._door = door
        self._rules = rules
        self._vault = vault
        self._calendar = FinnishCalendar(eves_count=rules.eves_count)


def employer(call: Call) -> UUID | None:
    """Whom a professional works for who is told without an organisation."""
    return organisation_of(call.caller)


def own_client(call: Call, client_id: UUID) -> None:
    """Refuse with `NoRelationship` a client who asks for somebody else (INV-14)."""
    if is_client(call.caller) and call.caller.subject != str(client_id):
        raise NoRelationship


def own_organisation(call: Call, organisation: str) -> None:
    """Refuse with `NoRelationship` a provider's staff who ask for another organisation (INV-14)."""
    if call.caller.role in PROVIDERS and call.caller.organisation != organisation:
        raise NoRelationship
