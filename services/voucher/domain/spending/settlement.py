"""Settlement batches: what the county pays one provider for a period, and whose eyes it takes
(SETTLEMENT-2, INV-27)."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from services.kernel.machine import move
from services.kernel.refusal import Refusal
from services.voucher.domain.purse.ledger import Source


class SettlementState(StrEnum):
    """The states of a batch."""

    DRAFT = "DRAFT"
    APPROVED = "APPROVED"
    SENT = "SENT"
    PAID = "PAID"
    FAILED = "FAILED"


TRANSITIONS: Mapping[tuple[SettlementState, str], SettlementState] = {
    (SettlementState.DRAFT, "approve"): SettlementState.APPROVED,
    (SettlementState.APPROVED, "send"): SettlementState.SENT,
    (SettlementState.SENT, "confirm_paid"): SettlementState.PAID,
    (SettlementState.SENT, "fail"): SettlementState.FAILED,
    (SettlementState.FAILED, "send"): SettlementState.SENT,
}
COMMANDS = ("approve", "send", "confirm_paid", "fail")


class ItemKind(StrEnum):
    """What an item of a batch pays; the last two keep back: a sanction's part, and what was paid in error before."""

    REDEMPTION = "REDEMPTION"
    CHARGE = "CHARGE"
    REDUCTION = "REDUCTION"
    REVERSAL = "REVERSAL"


class SettlementNotFound(Refusal):
    """There is no such batch, or it is another provider's."""

    reason = "SETTLEMENT_NOT_FOUND"
    rule = "REFUSAL-4"
    resource_type = "settlements"


class NothingToSettle(Refusal):
    """The provider has nothing accepted in the period that is not in a batch already (INV-11)."""

    reason = "NOTHING_TO_SETTLE"
    rule = "PROCESS-A14"


class FourEyes(Refusal):
    """Whoever made the batch or issued one of its vouchers does not approve it (INV-27)."""

    reason = "FOUR_EYES"
    rule = "INV-27"


class PeriodInverted(Refusal):
    """The period ends before it starts."""

    reason = "PERIOD_INVERTED"
    rule = "PROCESS-A14"
    field = "period_end"


@dataclass(frozen=True)
class Item:
    """One line of a batch; cents, below zero where it keeps back. `issuer` is who issued its voucher, else empty.

    A reduction has the id of the redemption or charge it reduces, a reversal one of its own.
    """

    id: UUID
    kind: ItemKind
    source: Source
    client_id: UUID
    delivery_id: UUID
    service_code: str
    service_date: date
    units: int
    amount: int
    issuer: str
    contract_id: UUID | None = None


@dataclass(frozen=True)
class PaymentReduction:
    """A sanction that takes `percent` off payments for services of these days under the contract (SANCTION-5)."""

    contract_id: UUID
    percent: int
    first_day: date
    last_day: date

    def covers(self, item: Item) -> bool:
        """Whether the item's payment is reduced by it."""
        return self.contract_id == item.contract_id and self.first_day <= item.service_date <= self.last_day


def reduced(items: Iterable[Item], sanctions: Sequence[PaymentReduction], *, most: int) -> list[Item]:
    """The lines that take off what the sanctions in force on each day of service say, together `most` percent at most.

    Half a cent is rounded up.
    """
    lines: list[Item] = []
    for item in items:
        percent = min(most, sum(sanction.percent for sanction in sanctions if sanction.covers(item)))
        cents = (item.amount * percent + 50) // 100
        if cents:
            lines.append(replace(item, kind=ItemKind.REDUCTION, amount=-cents))
    return lines


@dataclass
class Settlement:
    """A batch of one provider; cents."""

    id: UUID
    county: str
    provider_id: UUID
    period_start: date
    period_end: date
    created_by: str
    created_at: datetime
    updated_at: datetime
    total: int = 0
    item_count: int = 0
    state: SettlementState = SettlementState.DRAFT
    approved_by: str = ""
    attempts: int = 0
    payment_reference: str = ""
    failure_code: str = ""
    version: int = 0
    issuers: Set[str] = field(default_factory=frozenset)

    def approve(self, by: str, at: datetime) -> None:
        """DRAFT -> APPROVED by other eyes; refuses with FourEyes who made it or issued one of its vouchers."""
        self._step("approve", at)
        if by == self.created_by or by in self.issuers:
            raise FourEyes("whoever made the batch or issued one of its vouchers may not approve it")
        self.approved_by = by

    def send(self, at: datetime) -> None:
        """APPROVED or FAILED -> SENT: the payment is given to the bank."""
        self._step("send", at)
        self.attempts += 1
        self.failure_code = ""

    def confirm_paid(self, reference: str, at: datetime) -> None:
        """SENT -> PAID."""
        self._step("confirm_paid", at)
        self.payment_reference = reference

    def fail(self, code: str, at: datetime) -> None:
        """SENT -> FAILED; nothing is spent."""
        self._step("fail", at)
        self.failure_code = code

    def _step(self, command: str, at: datetime) -> None:
        self.state = move(TRANSITIONS, self.state, command, noun="a settlement")
        self.updated_at = at


def check_period(start: date, end: date) -> None:
    """Refuse with PeriodInverted a period that ends before it starts."""
    if end < start:
        raise PeriodInverted("the period ends before it starts")
