"""Who pays what of a voucher, in whole cents (rule 2.7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

FREE = "FREE"
"""The fee rule of services that are free for the client by law."""


class Regime(StrEnum):
    """Who pays a provider's price."""

    ASIAKASSETELI = "ASIAKASSETELI"
    PALVELUSETELI = "PALVELUSETELI"


class ValueKind(StrEnum):
    """How the value of a unit is set."""

    FIXED = "FIXED"
    INCOME_DEPENDENT = "INCOME_DEPENDENT"
    CEILING_TOTAL = "CEILING_TOTAL"


@dataclass(frozen=True)
class Shares:
    """The parts of a price, in cents: what the county and what the client pays to the provider (INV-12)."""

    county: int
    client: int


def shares(regime: Regime, *, price: int, value: int, units: int) -> Shares:
    """Split `price * units` (cents): in ASIAKASSETELI the county pays all of it, in PALVELUSETELI up to `value`."""
    if regime is Regime.ASIAKASSETELI:
        return Shares(county=price * units, client=0)
    return Shares(county=min(price, value) * units, client=max(0, price - value) * units)


def price_fits(regime: Regime, *, price: int, value: int, fee_rule: str) -> bool:
    """Whether a provider's unit price may be taken with this voucher (guard of 2.7).

    In ASIAKASSETELI, and for services free by law in PALVELUSETELI, the price may not exceed the county's value,
    because nobody could pay the rest.
    """
    return price <= value or (regime is Regime.PALVELUSETELI and fee_rule != FREE)


@dataclass(frozen=True)
class IncomeParameters:
    """A dated set of parameters for values that depend on income; amounts in cents, percentages whole.

    `thresholds` and `percents` are for households of 1, 2, ... persons; each person above the last adds
    `threshold_step` and takes one percentage point off.
    """

    value_max: int
    value_min: int
    thresholds: Sequence[int]
    percents: Sequence[int]
    threshold_step: int
    round_up_to: int = 1


HOME_CARE_2014_2015 = IncomeParameters(
    value_max=27_00,
    value_min=7_00,
    thresholds=(563_00, 1039_00, 1628_00, 2014_00, 2438_00, 2799_00),
    percents=(35, 22, 18, 15, 13, 11),
    threshold_step=342_00,
)


def income_dependent_value(parameters: IncomeParameters, *, household: int, monthly_income: int) -> int:
    """The county's value of an hour of regular home care, in cents, for a household's gross monthly income in cents.

    `v_max - max(0, income - threshold) * percent / 60`, never outside [v_min, v_max]; half a cent is rounded up, and
    then up to the next multiple of `round_up_to`, to the client's benefit.
    """
    if household < 1:
        raise ValueError("a household has at least one person")
    listed = min(household, len(parameters.thresholds))
    above = household - listed
    threshold = parameters.thresholds[listed - 1] + above * parameters.threshold_step
    percent = max(0, parameters.percents[listed - 1] - above)
    reduction = Fraction(max(0, monthly_income - threshold) * percent, 100 * 60)
    cents = _half_up(parameters.value_max - reduction)
    cents = -(-cents // parameters.round_up_to) * parameters.round_up_to
    return min(parameters.value_max, max(parameters.value_min, cents))


def _half_up(amount: Fraction) -> int:
    return int((amount + Fraction(1, 2)).__floor__())
