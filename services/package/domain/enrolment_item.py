"""One service of an enrolment, how far it is and how it was funded (PROCESS-B3 to PROCESS-B6)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from services.kernel.care import Arrangement, CareUnit, DeliveryMode
from services.kernel.machine import move


class ItemState(StrEnum):
    """How far an item is."""

    OFFERED = "OFFERED"
    NOT_TAKEN = "NOT_TAKEN"
    TAKEN = "TAKEN"
    PLANNED = "PLANNED"
    IN_FORCE = "IN_FORCE"
    COMPLETED = "COMPLETED"
    SKIPPED = "SKIPPED"
    CANCELLED = "CANCELLED"


ITEM_TRANSITIONS: dict[tuple[ItemState, str], ItemState] = {
    (ItemState.OFFERED, "take"): ItemState.TAKEN,
    (ItemState.OFFERED, "leave"): ItemState.NOT_TAKEN,
    (ItemState.TAKEN, "plan"): ItemState.PLANNED,
    (ItemState.PLANNED, "fund"): ItemState.IN_FORCE,
    (ItemState.IN_FORCE, "complete"): ItemState.COMPLETED,
    (ItemState.TAKEN, "skip"): ItemState.SKIPPED,
    (ItemState.PLANNED, "skip"): ItemState.SKIPPED,
    **{
        (state, "cancel"): ItemState.CANCELLED
        for state in (ItemState.OFFERED, ItemState.TAKEN, ItemState.PLANNED, ItemState.IN_FORCE)
    },
}
FINISHED = frozenset({ItemState.COMPLETED, ItemState.CANCELLED})
UNWANTED = frozenset({ItemState.OFFERED, ItemState.NOT_TAKEN, ItemState.SKIPPED})


@dataclass(frozen=True)
class Funding:
    """How an item was funded, or why it was not."""

    voucher_id: UUID | None = None
    commitment_id: UUID | None = None
    skipped_reason: str = ""


@dataclass(eq=False, kw_only=True)
class EnrolmentItem:
    """One service of an enrolment; `provider_id` None while a voucher's choice is awaited."""

    id: UUID
    position: int
    item_code: str
    service_code: str
    arrangement: Arrangement
    provider_id: UUID | None
    units: int
    unit: CareUnit
    from_date: date
    to_date: date
    modes: tuple[DeliveryMode, ...]
    mandatory: bool
    unit_cost_cents: int
    state: ItemState = ItemState.OFFERED
    plan_service_id: UUID | None = None
    voucher_id: UUID | None = None
    commitment_id: UUID | None = None
    units_delivered: int = 0
    reason: str = ""

    def move(self, command: str, *, reason: str = "") -> None:
        """Take the command; refuses with IllegalTransition."""
        self.state = move(ITEM_TRANSITIONS, self.state, command, noun="an item")
        self.reason = reason

    @property
    def cost_cents(self) -> int:
        """What the item costs."""
        return self.units * self.unit_cost_cents
