"""What a unit of care is worth to the county: fixed, by the client's income, or a ceiling for the whole (MONEY-4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

from services.kernel.refusal import Refusal
from services.voucher.domain.money import ValueKind, by_household, half_up
from services.voucher.domain.values.explanation import Label, Step
from services.voucher.domain.values.income import IncomeStatement, Means

WHOLE = 100 * 100
"""Hundredths of a percent in the whole."""
PERCENT_STEP = -100
"""Each person above the table takes one percentage point off."""
HOURS = 60
"""The act spreads the share of the income over sixty hours."""


@dataclass(frozen=True)
class FixedValue:
    """A value of one unit that is the same for everybody, in cents."""

    unit_value: int


@dataclass(frozen=True)
class CeilingTotal:
    """The most the county pays for the service as a whole, however many units it takes, in cents."""

    ceiling: int


@dataclass(frozen=True)
class IncomeParameters:
    """Parameters of values that depend on income: amounts in cents, `percents` in hundredths of a percent.

    `thresholds` and `percents` are for households of 1, 2, ... persons; each person above the last adds
    `threshold_step` and takes one percentage point off.
    """

    value_max: int
    value_min: int
    thresholds: Sequence[int]
    percents: Sequence[int]
    threshold_step: int
    round_up_to: int = 1


ValueParameters = FixedValue | CeilingTotal | IncomeParameters


@dataclass(frozen=True)
class Worth:
    """What a voucher is worth, in cents, and what that rests on."""

    kind: ValueKind
    unit_value: int
    max_value: int
    steps: tuple[Step, ...]
    parameter_set_id: UUID | None = None
    statement_id: UUID | None = None


def worth_of(
    parameters: ValueParameters | None,
    *,
    units: int,
    reference_price: int,
    statement: IncomeStatement | None,
    set_id: UUID | None = None,
) -> Worth:
    """The worth of a voucher for `units`; without parameters the reference price is the value of a unit.

    Refuses with IncomeStatementMissing where the value depends on an income nobody has stated.
    """
    match parameters:
        case None:
            return _by_unit(ValueKind.FIXED, [Step(Label.REFERENCE_PRICE, reference_price)], units, None, None)
        case FixedValue(unit_value=value):
            return _by_unit(ValueKind.FIXED, [Step(Label.FIXED_VALUE, value)], units, set_id, None)
        case CeilingTotal(ceiling=ceiling):
            steps = (Step(Label.CEILING, ceiling), Step(Label.MAX_VALUE, ceiling, (units,)))
            return Worth(ValueKind.CEILING_TOTAL, ceiling // units, ceiling, steps, set_id)
        case IncomeParameters():
            if statement is None:
                raise IncomeStatementMissing("the value depends on the income, and no statement of it is in force")
            lines = value_steps(parameters, statement.means)
            return _by_unit(ValueKind.INCOME_DEPENDENT, lines, units, set_id, statement.id)


def _by_unit(kind: ValueKind, lines: list[Step], units: int, set_id: UUID | None, statement_id: UUID | None) -> Worth:
    value = lines[-1].cents
    total = value * units
    steps = (*lines, Step(Label.UNIT_VALUE, value), Step(Label.MAX_VALUE, total, (units,)))
    return Worth(kind, value, total, steps, set_id, statement_id)


def value_steps(parameters: IncomeParameters, means: Means) -> list[Step]:
    """The value of an hour for these means, line by line; the last line is the value.

    `v_max - max(0, income - threshold) * percent / 60`, never outside [v_min, v_max]; half a cent is rounded up, and
    then up to the next multiple of `round_up_to`, to the client's benefit.
    """
    household, income = means.household, means.monthly_income
    threshold = by_household(parameters.thresholds, parameters.threshold_step, household)
    percent = by_household(parameters.percents, PERCENT_STEP, household)
    excess = max(0, income - threshold)
    exact = half_up(parameters.value_max - Fraction(excess * percent, WHOLE * HOURS))
    steps = [
        Step(Label.VALUE_MAX, parameters.value_max),
        Step(Label.INCOME, income, (household,)),
        Step(Label.THRESHOLD, threshold, (household,)),
        Step(Label.EXCESS, excess),
        Step(Label.REDUCTION, parameters.value_max - exact, (percent, HOURS)),
    ]
    multiple = parameters.round_up_to
    rounded = min(parameters.value_max, -(-exact // multiple) * multiple)
    if rounded < parameters.value_min:
        return [*steps, Step(Label.VALUE_MIN, parameters.value_min)]
    return [*steps, Step(Label.ROUNDED_UP, rounded, (multiple,))]


class IncomeStatementMissing(Refusal):
    """The voucher's value depends on the client's income, and no statement of it is in force."""

    reason = "INCOME_STATEMENT_MISSING"
    rule = "MONEY-4"
    legal_basis = "Act on Service Vouchers in Social Welfare and Health Care (569/2009)"
