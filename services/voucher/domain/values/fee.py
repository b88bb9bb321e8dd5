"""What the county charges the client in ASIAKASSETELI, whichever provider is chosen (MONEY-5, Act 734/1992)."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from services.voucher.domain.money import by_household, half_up
from services.voucher.domain.values.explanation import Label, Step
from services.voucher.domain.values.income import Means
from services.voucher.domain.values.value import PERCENT_STEP, WHOLE


@dataclass(frozen=True)
class NoFee:
    """The county charges nothing: the service is free, or the client buys it from the provider."""

    client_pays_provider: bool = False


@dataclass(frozen=True)
class FeePerUnit:
    """So much for each unit used, in cents."""

    cents: int


@dataclass(frozen=True)
class MonthlyFeeByIncome:
    """A share of the income above a threshold each month, by the hours granted and the household (10 e §).

    Amounts in cents, `percents` in hundredths of a percent: a row for each number of hours from `first_hours` on, in
    it households of 1, 2, ... persons. Fewer hours take the first row, more the last; each person above the table adds
    `threshold_step` and takes one percentage point off.
    """

    thresholds: Sequence[int]
    threshold_step: int
    first_hours: int
    percents: Sequence[Sequence[int]]

    def percent(self, *, household: int, hours: int) -> int:
        """The share for these hours and this household."""
        row = min(max(0, hours - self.first_hours), len(self.percents) - 1)
        return by_household(self.percents[row], PERCENT_STEP, household)


FeeParameters = NoFee | FeePerUnit | MonthlyFeeByIncome


def unit_fee_steps(cents: int, *, units: int, value: int) -> list[Step]:
    """The fee of the units, line by line; never more than the county's `value` of them (2 §)."""
    fee = cents * units
    return _limited([Step(Label.FEE_PER_UNIT, fee, (units, cents))], fee, value)


def monthly_fee_steps(rule: MonthlyFeeByIncome, means: Means, *, hours: int, value: int) -> list[Step]:
    """The fee of a month for `hours` granted, line by line; never more than the county's `value` of the units used."""
    household = means.household
    threshold = by_household(rule.thresholds, rule.threshold_step, household)
    percent = rule.percent(household=household, hours=hours)
    excess = max(0, means.monthly_income - threshold)
    fee = half_up(Fraction(excess * percent, WHOLE))
    steps = [
        Step(Label.INCOME, means.monthly_income, (household,)),
        Step(Label.THRESHOLD, threshold, (household,)),
        Step(Label.EXCESS, excess),
        Step(Label.SHARE_OF_EXCESS, fee, (percent, hours)),
    ]
    return _limited(steps, fee, value)


def _limited(steps: list[Step], fee: int, value: int) -> list[Step]:
    if fee > value:
        return [*steps, Step(Label.COST_LIMIT, value), Step(Label.FEE, value)]
    return [*steps, Step(Label.FEE, fee)]
