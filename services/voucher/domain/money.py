"""Who pays what of a voucher, in whole cents (MONEY-1)."""

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


def agreed_shares(*, price: int, county_share: int, units: int) -> Shares:
    """Split `price * units` (cents) as agreed at the choice: `county_share` of each unit is the county's."""
    return Shares(county=county_share * units, client=(price - county_share) * units)


def price_fits(regime: Regime, *, price: int, value: int, fee_rule: str) -> bool:
    """Whether a provider's unit price may be taken with this voucher (guard of MONEY-2).

    In ASIAKASSETELI, and for services free by law in PALVELUSETELI, the price may not exceed the county's value,
    because nobody could pay the rest.
    """
    return price <= value or client_may_pay(regime, fee_rule)


def client_may_pay(regime: Regime, fee_rule: str) -> bool:
    """Whether the client may owe the provider a part of the price at all (INV-12)."""
    return regime is Regime.PALVELUSETELI and fee_rule != FREE


def by_household(listed: Sequence[int], step: int, household: int) -> int:
    """What a table of a statute gives a household: its own entry, or the last one plus `step` for each person above.

    Never below zero. Refuses with ValueError a household without anybody, which no statement holds.
    """
    if household < 1:
        raise ValueError("a household has at least one person")
    within = min(household, len(listed))
    return max(0, listed[within - 1] + (household - within) * step)


def half_up(amount: Fraction) -> int:
    """Whole cents; half a cent is rounded up."""
    return (amount + Fraction(1, 2)).__floor__()
