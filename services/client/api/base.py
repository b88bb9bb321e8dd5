"""What the methods of every noun stand on: the door, the rules and the vault."""

from uuid import UUID

import grpc

from services.chassis.door import Call, Door
from services.chassis.vault import Vault
from services.chassis.weekdays import FinnishCalendar
from services.client.domain.rules import Rules
from services.client.operations.callers import organisation_of

Context = grpc.ServicerContext


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
