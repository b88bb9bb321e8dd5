"""The envelope of an enrolment: money reserved for a package as a whole before its items take it (saga B)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from services.voucher.domain.refusals import IllegalTransition


class EnvelopeStatus(StrEnum):
    """The states of an envelope."""

    RESERVED = "RESERVED"
    REFUSED = "REFUSED"
    FUNDED = "FUNDED"
    FUNDING_FAILED = "FUNDING_FAILED"
    CLOSED = "CLOSED"
    UNDONE = "UNDONE"


TRANSITIONS: Mapping[tuple[EnvelopeStatus, str], EnvelopeStatus] = {
    (EnvelopeStatus.RESERVED, "fund"): EnvelopeStatus.FUNDED,
    (EnvelopeStatus.RESERVED, "fail"): EnvelopeStatus.FUNDING_FAILED,
    (EnvelopeStatus.RESERVED, "undo"): EnvelopeStatus.UNDONE,
    (EnvelopeStatus.FUNDED, "close"): EnvelopeStatus.CLOSED,
    (EnvelopeStatus.FUNDED, "undo"): EnvelopeStatus.UNDONE,
}
COMMANDS = ("fund", "fail", "close", "undo")


@dataclass
class Envelope:
    """Money for one enrolment; cents."""

    enrolment_id: UUID
    county: str
    client_id: UUID
    amount: int
    status: EnvelopeStatus
    created_at: datetime
    updated_at: datetime
    version: int = 0

    @property
    def open(self) -> bool:
        """Whether it may still hold money."""
        return self.status in {EnvelopeStatus.RESERVED, EnvelopeStatus.FUNDED}

    def step(self, command: str, at: datetime) -> None:
        """Go where the command leads; refuses with IllegalTransition where the state has no such command."""
        after = TRANSITIONS.get((self.status, command))
        if after is None:
            raise IllegalTransition(f"an envelope that is {self.status} does not take {command}")
        self.status = after
        self.updated_at = at


@dataclass(frozen=True)
class Share:
    """A part of an envelope, for the budget line that a care service posts to; cents."""

    service_code: str
    cents: int


def split(amount: int, costs: Sequence[Share]) -> list[Share]:
    """Split an envelope over the services of its items, each up to its expected cost, in the order given.

    What is left over stays with the first service; without any cost the first service holds all of it.
    """
    left = amount
    shares: dict[str, int] = {}
    for cost in costs:
        part = min(left, cost.cents)
        shares[cost.service_code] = shares.get(cost.service_code, 0) + part
        left -= part
    if costs and left:
        shares[costs[0].service_code] += left
    return [Share(code, cents) for code, cents in shares.items() if cents]
