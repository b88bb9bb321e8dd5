"""The envelope of an enrolment: money reserved for a package as a whole before its items take it (process B)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from services.kernel.care import Arrangement
from services.kernel.machine import move


class EnvelopeState(StrEnum):
    """The states of an envelope."""

    RESERVED = "RESERVED"
    REFUSED = "REFUSED"
    FUNDED = "FUNDED"
    FUNDING_FAILED = "FUNDING_FAILED"
    CLOSED = "CLOSED"
    UNDONE = "UNDONE"


TRANSITIONS: Mapping[tuple[EnvelopeState, str], EnvelopeState] = {
    (EnvelopeState.RESERVED, "fund"): EnvelopeState.FUNDED,
    (EnvelopeState.RESERVED, "fail"): EnvelopeState.FUNDING_FAILED,
    (EnvelopeState.RESERVED, "undo"): EnvelopeState.UNDONE,
    (EnvelopeState.FUNDED, "close"): EnvelopeState.CLOSED,
    (EnvelopeState.FUNDED, "undo"): EnvelopeState.UNDONE,
}
COMMANDS = ("fund", "fail", "close", "undo")
COSTING = frozenset({Arrangement.OWN, Arrangement.PURCHASE, Arrangement.VOUCHER})


@dataclass
class Envelope:
    """Money for one enrolment; cents."""

    enrolment_id: UUID
    county: str
    client_id: UUID
    amount: int
    state: EnvelopeState
    created_at: datetime
    updated_at: datetime
    version: int = 0

    @property
    def open(self) -> bool:
        """Whether it may still hold money."""
        return self.state in {EnvelopeState.RESERVED, EnvelopeState.FUNDED}

    def step(self, command: str, at: datetime) -> None:
        """Go where the command leads; refuses with IllegalTransition where the state has no such command."""
        self.state = move(TRANSITIONS, self.state, command, noun="an envelope")
        self.updated_at = at


@dataclass(frozen=True)
class EnrolmentItem:
    """An item an enrolment takes, as its facts tell it."""

    item_code: str
    service_code: str
    arrangement: str
    units: int
    from_date: date
    to_date: date
    mandatory: bool
    plan_service_id: UUID | None

    @property
    def costs(self) -> bool:
        """Whether it needs money of its own: direct choices and services without counted units do not."""
        return self.units > 0 and self.arrangement in COSTING


@dataclass(frozen=True)
class Enrolment:
    """What the money needs to know of an enrolment; `envelope` in cents, `proposed_by` a token's subject."""

    enrolment_id: UUID
    client_id: UUID
    package_code: str
    assessment_id: UUID
    envelope: int
    items: tuple[EnrolmentItem, ...]
    proposed_by: str
    proposing_organisation_id: UUID


@dataclass(frozen=True)
class Funded:
    """How one item was funded, or why an optional one was not."""

    item_code: str
    voucher_id: UUID | None = None
    commitment_id: UUID | None = None
    skipped_reason: str = ""


def split(amount: int, costs: Sequence[tuple[UUID, int]]) -> dict[UUID, int]:
    """Split an envelope over the budget lines of its items, (line, expected cents) each, in the order given.

    What is left over stays on the first line, so the parts always sum up to the amount.
    """
    rest = amount
    parts: dict[UUID, int] = {}
    for line_id, cents in costs:
        part = min(rest, cents)
        parts[line_id] = parts.get(line_id, 0) + part
        rest -= part
    if costs:
        parts[costs[0][0]] += rest
    return {line_id: cents for line_id, cents in parts.items() if cents}
