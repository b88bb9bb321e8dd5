"""Commitments: money bound for own production and purchases that a plan orders, and what deliveries cost on them (B6)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from services.voucher.domain.neighbours import Arrangement
from services.voucher.domain.refusals import IllegalTransition, Refusal


class CommitmentStatus(StrEnum):
    """The states of a commitment."""

    AWAITING_FUNDS = "AWAITING_FUNDS"
    COMMITTED = "COMMITTED"
    CLOSED = "CLOSED"
    CANCELLED = "CANCELLED"


class ChargeStatus(StrEnum):
    """The states of a charge."""

    RECORDED = "RECORDED"
    BOOKED = "BOOKED"
    ACCEPTED = "ACCEPTED"
    SETTLED = "SETTLED"
    REJECTED = "REJECTED"


class RejectCode(StrEnum):
    """Why nothing is paid for a delivery."""

    OVER_UNITS = "OVER_UNITS"
    WRONG_PROVIDER = "WRONG_PROVIDER"
    OUTSIDE_PERIOD = "OUTSIDE_PERIOD"
    BUDGET_EXHAUSTED = "BUDGET_EXHAUSTED"


TRANSITIONS: Mapping[tuple[CommitmentStatus, str], CommitmentStatus] = {
    (CommitmentStatus.AWAITING_FUNDS, "fund"): CommitmentStatus.COMMITTED,
    (CommitmentStatus.AWAITING_FUNDS, "close"): CommitmentStatus.CLOSED,
    (CommitmentStatus.AWAITING_FUNDS, "cancel"): CommitmentStatus.CANCELLED,
    (CommitmentStatus.COMMITTED, "close"): CommitmentStatus.CLOSED,
    (CommitmentStatus.COMMITTED, "cancel"): CommitmentStatus.CANCELLED,
}
COMMANDS = ("fund", "close", "cancel")

CHARGE_TRANSITIONS: Mapping[tuple[ChargeStatus, str], ChargeStatus] = {
    (ChargeStatus.RECORDED, "book"): ChargeStatus.BOOKED,
    (ChargeStatus.RECORDED, "accept"): ChargeStatus.ACCEPTED,
    (ChargeStatus.RECORDED, "reject"): ChargeStatus.REJECTED,
    (ChargeStatus.ACCEPTED, "settle"): ChargeStatus.SETTLED,
}
CHARGE_COMMANDS = ("book", "accept", "reject", "settle")

COUNTED = frozenset({ChargeStatus.BOOKED, ChargeStatus.ACCEPTED, ChargeStatus.SETTLED})
"""Charges that use units of their commitment."""


class CommitmentNotFound(Refusal):
    """There is no such commitment."""

    reason = "COMMITMENT_NOT_FOUND"
    rule = "B6"
    resource_type = "commitments"


@dataclass
class Charge:
    """What one delivery costs on a commitment; cents."""

    id: UUID
    delivery_id: UUID
    provider_id: UUID
    service_date: date
    units: int
    created_at: datetime
    amount: int = 0
    status: ChargeStatus = ChargeStatus.RECORDED
    reject_code: str = ""

    def step(self, command: str) -> None:
        """Go where the command leads; refuses with IllegalTransition where the state has no such command."""
        after = CHARGE_TRANSITIONS.get((self.status, command))
        if after is None:
            raise IllegalTransition(f"a charge that is {self.status} does not take {command}")
        self.status = after


@dataclass
class Commitment:
    """Units of a care service ordered by a planned service at a copied price; cents."""

    id: UUID
    county: str
    client_id: UUID
    plan_id: UUID
    plan_service_id: UUID
    enrolment_id: UUID | None
    item_code: str
    service_code: str
    arrangement: Arrangement
    provider_id: UUID
    contract_id: UUID
    unit_price: int
    units: int
    valid_from: date
    valid_to: date
    created_at: datetime
    updated_at: datetime
    status: CommitmentStatus = CommitmentStatus.AWAITING_FUNDS
    version: int = 0
    charges: list[Charge] = field(default_factory=list)

    @property
    def total(self) -> int:
        """What all its units cost, in cents."""
        return self.unit_price * self.units

    @property
    def units_used(self) -> int:
        """Units delivered within the order."""
        return sum(charge.units for charge in self.charges if charge.status in COUNTED)

    @property
    def bound(self) -> int:
        """What must be bound for it now: while it runs all that is not spent, later what is accepted and not paid."""
        paid = {ChargeStatus.BOOKED, ChargeStatus.SETTLED}
        if self.status is CommitmentStatus.COMMITTED:
            return self.total - sum(charge.amount for charge in self.charges if charge.status in paid)
        return sum(charge.amount for charge in self.charges if charge.status is ChargeStatus.ACCEPTED)

    @property
    def paid_out(self) -> int:
        """What was booked or settled on it, in cents."""
        paid = {ChargeStatus.BOOKED, ChargeStatus.SETTLED}
        return sum(charge.amount for charge in self.charges if charge.status in paid)

    def step(self, command: str, at: datetime) -> None:
        """Go where the command leads; refuses with IllegalTransition where the state has no such command."""
        after = TRANSITIONS.get((self.status, command))
        if after is None:
            raise IllegalTransition(f"a commitment that is {self.status} does not take {command}")
        self.status = after
        self.updated_at = at

    def decide(self, charge: Charge, at: datetime) -> None:
        """Decide a recorded charge: own production is booked, a purchase accepted, anything outside it rejected.

        A charge on a commitment that awaits funds stays RECORDED, because care never waits for money (4.1).
        """
        self.updated_at = at
        if self.status is CommitmentStatus.AWAITING_FUNDS:
            return
        code = self._objection(charge)
        if code is not None:
            self.reject(charge, code)
            return
        charge.amount = self.unit_price * charge.units
        charge.step("book" if self.arrangement is Arrangement.OWN else "accept")

    def reject(self, charge: Charge, code: RejectCode) -> None:
        """Nothing is paid for this delivery."""
        charge.step("reject")
        charge.amount = 0
        charge.reject_code = code.value

    def _objection(self, charge: Charge) -> RejectCode | None:
        if charge.provider_id != self.provider_id:
            return RejectCode.WRONG_PROVIDER
        if not self.valid_from <= charge.service_date <= self.valid_to:
            return RejectCode.OUTSIDE_PERIOD
        if self.units_used + charge.units > self.units:
            return RejectCode.OVER_UNITS
        return None
