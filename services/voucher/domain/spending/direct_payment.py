"""Direct payments: allowances to carers and capitation of direct-choice providers, spent as they fall due
(PAYMENT-3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID, uuid5

from services.kernel.machine import move
from services.kernel.refusal import Refusal


class PaymentKind(StrEnum):
    """What is paid directly."""

    ALLOWANCE = "ALLOWANCE"
    CAPITATION = "CAPITATION"


class PaymentState(StrEnum):
    """The states of a direct payment."""

    PAID = "PAID"
    REVERSED = "REVERSED"


class ReversalReason(StrEnum):
    """Why a direct payment is taken back."""

    ERROR = "ERROR"
    NOT_ENTITLED = "NOT_ENTITLED"
    WRONG_COUNT = "WRONG_COUNT"


TRANSITIONS: Mapping[tuple[PaymentState, str], PaymentState] = {
    (PaymentState.PAID, "reverse"): PaymentState.REVERSED,
}
COMMANDS = ("reverse",)


class DirectPaymentNotFound(Refusal):
    """There is no such direct payment."""

    reason = "DIRECT_PAYMENT_NOT_FOUND"
    rule = "REFUSAL-4"
    resource_type = "directPayments"


class AlreadyPaid(Refusal):
    """The month is paid already: each month once."""

    reason = "ALREADY_PAID"
    rule = "PAYMENT-1"


class OrderedByPlan(Refusal):
    """The client's plan orders the allowance for that month: its delivery books it, nobody pays it twice
    (PROCESS-B6)."""

    reason = "ORDERED_BY_PLAN"
    rule = "PROCESS-B6"


class MonthNotOver(Refusal):
    """The month is not over: what is due for it is not known yet."""

    reason = "MONTH_NOT_OVER"
    rule = "PAYMENT-2"


@dataclass
class DirectPayment:
    """One payment for one month; cents. An allowance has a client, capitation a provider."""

    id: UUID
    county: str
    kind: PaymentKind
    service_code: str
    client_id: UUID | None
    provider_id: UUID | None
    month: date
    units: int
    unit_price: int
    created_at: datetime
    created_by: str
    updated_at: datetime
    state: PaymentState = PaymentState.PAID
    reversal_reason: str = ""
    version: int = 1

    @property
    def amount(self) -> int:
        """What was paid, in cents."""
        return self.units * self.unit_price

    def reverse(self, reason: ReversalReason, at: datetime) -> None:
        """PAID -> REVERSED; refuses with IllegalTransition a second time."""
        self.state = move(TRANSITIONS, self.state, "reverse", noun="a direct payment")
        self.reversal_reason = reason.value
        self.updated_at = at


@dataclass(frozen=True)
class Due:
    """Capitation of a provider for a month: how many clients had chosen it on the first day.

    `earlier` is how many payments for it were reversed, because they had been counted wrongly.
    """

    kind: str
    provider_id: UUID
    month: date
    clients: int
    earlier: int

    @property
    def service_code(self) -> str:
        """By which its budget line is found."""
        return f"CAPITATION-{self.kind}"

    @property
    def payment_id(self) -> UUID:
        """The same however often it is asked for."""
        return uuid5(self.provider_id, f"{self.service_code}/{self.month}/{self.earlier}")


def month_after(month: date) -> date:
    """The first day of the next month."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def check_over(month: date, today: date) -> None:
    """Refuse with MonthNotOver a month that still runs."""
    if today < month_after(month):
        raise MonthNotOver("the month is not over")
