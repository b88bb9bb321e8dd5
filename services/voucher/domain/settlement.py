"""Settlement batches: what the county pays one provider for a period, and whose eyes it takes (domain 3.7, INV-27)."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from services.voucher.domain.ledger import Source
from services.voucher.domain.refusals import IllegalTransition, Refusal


class SettlementStatus(StrEnum):
    """The states of a batch."""

    DRAFT = "DRAFT"
    APPROVED = "APPROVED"
    SENT = "SENT"
    PAID = "PAID"
    FAILED = "FAILED"


TRANSITIONS: Mapping[tuple[SettlementStatus, str], SettlementStatus] = {
    (SettlementStatus.DRAFT, "approve"): SettlementStatus.APPROVED,
    (SettlementStatus.APPROVED, "send"): SettlementStatus.SENT,
    (SettlementStatus.SENT, "confirm_paid"): SettlementStatus.PAID,
    (SettlementStatus.SENT, "fail"): SettlementStatus.FAILED,
    (SettlementStatus.FAILED, "send"): SettlementStatus.SENT,
}
COMMANDS = ("approve", "send", "confirm_paid", "fail")


class ItemKind(StrEnum):
    """What an item of a batch pays."""

    REDEMPTION = "REDEMPTION"
    CHARGE = "CHARGE"


class SettlementNotFound(Refusal):
    """There is no such batch, or it is another provider's."""

    reason = "SETTLEMENT_NOT_FOUND"
    rule = "A14"
    resource_type = "settlements"


class NothingToSettle(Refusal):
    """The provider has nothing accepted in the period that is not in a batch already (INV-11)."""

    reason = "NOTHING_TO_SETTLE"
    rule = "A14"


class FourEyes(Refusal):
    """Whoever made the batch or issued one of its vouchers does not approve it (INV-27)."""

    reason = "FOUR_EYES"
    rule = "INV-27"


class PeriodInverted(Refusal):
    """The period ends before it starts."""

    reason = "PERIOD_INVERTED"
    rule = "A14"
    field = "period_end"


@dataclass(frozen=True)
class Item:
    """One redemption or charge of a batch; cents. `issuer` is who issued its voucher, empty for a charge."""

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
    status: SettlementStatus = SettlementStatus.DRAFT
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
        after = TRANSITIONS.get((self.status, command))
        if after is None:
            raise IllegalTransition(f"a settlement that is {self.status} does not take {command}")
        self.status = after
        self.updated_at = at


def check_period(start: date, end: date) -> None:
    """Refuse with PeriodInverted a period that ends before it starts."""
    if end < start:
        raise PeriodInverted("the period ends before it starts")
