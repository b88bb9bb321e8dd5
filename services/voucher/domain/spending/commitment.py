"""Commitments: money bound for own production and purchases of a plan, and what deliveries cost on them
(PROCESS-B6)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID, uuid5

from services.kernel.care import Arrangement
from services.kernel.machine import move
from services.kernel.refusal import Refusal
from services.voucher.domain.neighbours.plan import PlanServiceCopy
from services.voucher.domain.neighbours.provider import ContractCopy, ContractLine
from services.voucher.domain.purse.years import cents_by_year


class CommitmentState(StrEnum):
    """The states of a commitment."""

    AWAITING_FUNDS = "AWAITING_FUNDS"
    COMMITTED = "COMMITTED"
    CLOSED = "CLOSED"
    CANCELLED = "CANCELLED"


class ChargeState(StrEnum):
    """The states of a charge."""

    RECORDED = "RECORDED"
    BOOKED = "BOOKED"
    ACCEPTED = "ACCEPTED"
    SETTLED = "SETTLED"
    REJECTED = "REJECTED"


class RejectCode(StrEnum):
    """Why nothing is paid for a delivery."""

    OVER_UNITS = "OVER_UNITS"
    PAID_BY_VOUCHER = "PAID_BY_VOUCHER"
    WRONG_PROVIDER = "WRONG_PROVIDER"
    OUTSIDE_PERIOD = "OUTSIDE_PERIOD"
    BUDGET_EXHAUSTED = "BUDGET_EXHAUSTED"


TRANSITIONS: Mapping[tuple[CommitmentState, str], CommitmentState] = {
    (CommitmentState.AWAITING_FUNDS, "fund"): CommitmentState.COMMITTED,
    (CommitmentState.AWAITING_FUNDS, "close"): CommitmentState.CLOSED,
    (CommitmentState.AWAITING_FUNDS, "cancel"): CommitmentState.CANCELLED,
    (CommitmentState.COMMITTED, "close"): CommitmentState.CLOSED,
    (CommitmentState.COMMITTED, "cancel"): CommitmentState.CANCELLED,
}
COMMANDS = ("fund", "close", "cancel")

CHARGE_TRANSITIONS: Mapping[tuple[ChargeState, str], ChargeState] = {
    (ChargeState.RECORDED, "book"): ChargeState.BOOKED,
    (ChargeState.RECORDED, "accept"): ChargeState.ACCEPTED,
    (ChargeState.RECORDED, "reject"): ChargeState.REJECTED,
    (ChargeState.ACCEPTED, "settle"): ChargeState.SETTLED,
}
CHARGE_COMMANDS = ("book", "accept", "reject", "settle")

COUNTED = frozenset({ChargeState.BOOKED, ChargeState.ACCEPTED, ChargeState.SETTLED})
"""Charges that use units of their commitment."""


class CommitmentNotFound(Refusal):
    """There is no such commitment."""

    reason = "COMMITMENT_NOT_FOUND"
    rule = "REFUSAL-4"
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
    state: ChargeState = ChargeState.RECORDED
    reject_code: str = ""

    def step(self, command: str) -> None:
        """Go where the command leads; refuses with IllegalTransition where the state has no such command."""
        self.state = move(CHARGE_TRANSITIONS, self.state, command, noun="a charge")


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
    state: CommitmentState = CommitmentState.AWAITING_FUNDS
    version: int = 0
    charges: list[Charge] = field(default_factory=list)

    @property
    def total(self) -> int:
        """What all its units cost, in cents."""
        return self.unit_price * self.units

    def by_year(self, unit: str) -> dict[int, int]:
        """What all its units cost, split by the year of the days on which they are planned (BUDGET-13)."""
        first, last = self.valid_from, self.valid_to
        return cents_by_year(self.total, units=self.units, unit=unit, first=first, last=last)

    @property
    def owed_by_year(self) -> dict[int, int]:
        """What is accepted and not paid, by the year of service."""
        owed: dict[int, int] = {}
        for charge in self.charges:
            if charge.state is ChargeState.ACCEPTED:
                owed[charge.service_date.year] = owed.get(charge.service_date.year, 0) + charge.amount
        return owed

    @property
    def units_used(self) -> int:
        """Units delivered within the order."""
        return sum(charge.units for charge in self.charges if charge.state in COUNTED)

    @property
    def bound(self) -> int:
        """What must be bound for it now: while it runs all that is not spent, later what is accepted and not paid."""
        paid = {ChargeState.BOOKED, ChargeState.SETTLED}
        if self.state is CommitmentState.COMMITTED:
            return self.total - sum(charge.amount for charge in self.charges if charge.state in paid)
        return sum(charge.amount for charge in self.charges if charge.state is ChargeState.ACCEPTED)

    @property
    def paid_out(self) -> int:
        """What was booked or settled on it, in cents."""
        paid = {ChargeState.BOOKED, ChargeState.SETTLED}
        return sum(charge.amount for charge in self.charges if charge.state in paid)

    def require(self, command: str) -> CommitmentState:
        """Where the command leads; refuses with IllegalTransition where the state has no such command."""
        return move(TRANSITIONS, self.state, command, noun="a commitment")

    def step(self, command: str, at: datetime) -> None:
        """Go where the command leads, or refuse as `require` does."""
        self.state = self.require(command)
        self.updated_at = at

    @property
    def ended(self) -> bool:
        """Whether its planned service is over; its rest is released."""
        return self.state in {CommitmentState.CLOSED, CommitmentState.CANCELLED}

    def objection(self, charge: Charge) -> RejectCode | None:
        """Why nothing may be paid for this delivery; None when it is within the order."""
        if charge.provider_id != self.provider_id:
            return RejectCode.WRONG_PROVIDER
        if not self.valid_from <= charge.service_date <= self.valid_to:
            return RejectCode.OUTSIDE_PERIOD
        if self.units_used + charge.units > self.units:
            return RejectCode.OVER_UNITS
        return None

    def decide(self, charge: Charge, objection: RejectCode | None, at: datetime) -> None:
        """Decide a recorded charge: own production is booked, a purchase accepted, nothing paid under an objection.

        A charge on a commitment that awaits funds stays RECORDED, because care never waits for money (PROCESS-6).
        """
        self.updated_at = at
        if self.state is CommitmentState.AWAITING_FUNDS:
            return
        if objection is not None:
            charge.step("reject")
            charge.reject_code = objection.value
            return
        charge.amount = self.unit_price * charge.units
        charge.step("book" if self.arrangement is Arrangement.OWN else "accept")


def ending(service: PlanServiceCopy | None, *, plan_open: bool, units_recorded: int) -> str | None:
    """The command that ends a commitment now: None while its service runs or a delivery told of is not recorded."""
    if service is None or service.state == "CANCELLED":
        return "cancel"
    if plan_open and service.state != "COMPLETED":
        return None
    return "close" if units_recorded >= service.units_delivered else None


ORDERABLE = frozenset({Arrangement.OWN, Arrangement.PURCHASE})


def orders(service: PlanServiceCopy) -> bool:
    """Whether a planned service binds money by a commitment: own production or purchase with counted units."""
    return service.arrangement in ORDERABLE and service.units > 0 and service.state != "CANCELLED"


def agreed_line(contracts: Iterable[ContractCopy], service: PlanServiceCopy) -> ContractLine | None:
    """The contract line whose price a commitment copies: of the contract named, else of one in force on the first day.

    None when no such contract is known; a direct-choice or withdrawn contract orders nothing.
    """
    for contract in contracts:
        named = contract.contract_id == service.contract_id
        first = service.from_date
        in_force = contract.state == "ACTIVE" and first is not None and contract.covers(first, first)
        if named or (service.contract_id is None and in_force):
            for line in contract.lines:
                if line.service_code == service.service_code:
                    return line
    return None


def commitment_id_for(plan_service_id: UUID) -> UUID:
    """The id of a planned service's one commitment; the same however often it is asked for."""
    return uuid5(plan_service_id, "commitment")


def charge_id_for(delivery_id: UUID) -> UUID:
    """The id of a delivery's one charge."""
    return uuid5(delivery_id, "charge")
