"""What a client owes the county month by month, from the units used; the provider plays no part (MONEY-5, DESIGN-3)."""

from calendar import monthrange
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from uuid import UUID

from services.voucher.domain.money import FREE, half_up
from services.voucher.domain.values.explanation import Label, Step
from services.voucher.domain.values.fee import FeePerUnit, MonthlyFeeByIncome, NoFee, monthly_fee_steps, unit_fee_steps
from services.voucher.domain.values.income import IncomeStatement
from services.voucher.domain.values.parameters import ParameterSet


class FeeState(StrEnum):
    """Whether a fee could be told."""

    CHARGED = "CHARGED"
    INCOME_STATEMENT_MISSING = "INCOME_STATEMENT_MISSING"
    FEE_RULE_MISSING = "FEE_RULE_MISSING"


@dataclass(frozen=True)
class Usage:
    """Units used on a day: an accepted claim, the county's value of a unit, and how many are granted a month."""

    service_code: str
    fee_rule: str
    day: date
    units: int
    unit_value: int
    granted_a_month: int


@dataclass(frozen=True)
class ClientFee:
    """The fee for one care service in one month; without steps when `state` is not CHARGED."""

    month: date
    service_code: str
    fee_rule: str
    units: int
    state: FeeState
    set_id: UUID | None = None
    steps: tuple[Step, ...] = ()

    @property
    def amount(self) -> int | None:
        """The fee in cents; None when it could not be told."""
        return self.steps[-1].cents if self.state is FeeState.CHARGED else None


SetOn = Callable[[str, date], ParameterSet | None]
"""The set of a fee rule in force on a day."""


def client_fees(usages: Iterable[Usage], *, set_on: SetOn, statements: Sequence[IncomeStatement]) -> list[ClientFee]:
    """One line for each month and care service, oldest first; where a fee per unit changes within the month, one each.

    A monthly fee goes by the parameters and the statement in force on the first day of use in the month.
    """
    parts: dict[tuple[date, str, str, UUID | None], list[Usage]] = {}
    for usage in sorted(usages, key=lambda item: (item.day, item.service_code)):
        found = set_on(usage.fee_rule, usage.day)
        by_set = found.id if found is not None and not found.depends_on_income else None
        key = (usage.day.replace(day=1), usage.service_code, usage.fee_rule, by_set)
        parts.setdefault(key, []).append(usage)
    fees = [_fee(used, set_on(used[0].fee_rule, used[0].day), statements) for used in parts.values()]
    return sorted(fees, key=lambda item: (item.month, item.service_code))


def _fee(used: Sequence[Usage], found: ParameterSet | None, statements: Sequence[IncomeStatement]) -> ClientFee:
    first = used[0]
    units = sum(item.units for item in used)
    key = first.day.replace(day=1), first.service_code, first.fee_rule, units
    if found is None and first.fee_rule == FREE:
        return ClientFee(*key, FeeState.CHARGED, None, (Step(Label.FEE, 0),))
    if found is None:
        return ClientFee(*key, FeeState.FEE_RULE_MISSING)
    statement = next((item for item in statements if item.holds_on(first.day)), None)
    value = sum(item.unit_value * item.units for item in used)
    hours = max(item.granted_a_month for item in used)
    steps = fee_steps(found, statement, units=units, hours=hours, value=value)
    if steps is None:
        return ClientFee(*key, FeeState.INCOME_STATEMENT_MISSING, found.id)
    return ClientFee(*key, FeeState.CHARGED, found.id, tuple(steps))


def fee_steps(
    found: ParameterSet, statement: IncomeStatement | None, *, units: int, hours: int, value: int
) -> list[Step] | None:
    """The fee of the units, or of the month they are used in; None where it depends on an income nobody has stated."""
    match found.fees:
        case NoFee():
            return [Step(Label.FEE, 0)]
        case FeePerUnit(cents=cents):
            return unit_fee_steps(cents, units=units, value=value)
        case MonthlyFeeByIncome() as rule:
            return None if statement is None else monthly_fee_steps(rule, statement.means, hours=hours, value=value)


def granted_a_month(units: int, first: date, last: date) -> int:
    """Units granted for a month of the period, to the nearest whole one; a part of a month counts by its days."""
    months, day = Fraction(0), first
    while day <= last:
        length = monthrange(day.year, day.month)[1]
        end = min(last, day.replace(day=length))
        months += Fraction((end - day).days + 1, length)
        day = end + timedelta(days=1)
    return half_up(units / months)
