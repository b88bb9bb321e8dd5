"""An amount explained line by line: what was taken, by what it was changed, what came out."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Label(StrEnum):
    """What a line tells; its operands, where it has any, in this order."""

    REFERENCE_PRICE = "REFERENCE_PRICE"
    """The catalogue's reference price of one unit."""
    FIXED_VALUE = "FIXED_VALUE"
    """The county's own value of one unit."""
    CEILING = "CEILING"
    """The ceiling for the service as a whole."""
    VALUE_MAX = "VALUE_MAX"
    """The highest value of one unit."""
    INCOME = "INCOME"
    """Gross monthly income; operand: persons in the household."""
    THRESHOLD = "THRESHOLD"
    """The income up to which nothing is taken; operand: persons in the household."""
    EXCESS = "EXCESS"
    """Income above the threshold."""
    REDUCTION = "REDUCTION"
    """What the excess takes off; operands: hundredths of a percent, and the hours they are spread over."""
    ROUNDED_UP = "ROUNDED_UP"
    """Rounded up to the client's benefit; operand: the multiple in cents."""
    VALUE_MIN = "VALUE_MIN"
    """The lowest value of one unit, taken instead of a lower one."""
    UNIT_VALUE = "UNIT_VALUE"
    """The value of one unit."""
    MAX_VALUE = "MAX_VALUE"
    """The most the county pays in all; operand: units."""
    FEE_PER_UNIT = "FEE_PER_UNIT"
    """The fee of the units used; operands: units, and cents of one."""
    SHARE_OF_EXCESS = "SHARE_OF_EXCESS"
    """The monthly fee; operands: hundredths of a percent, and the hours a month it is for."""
    COST_LIMIT = "COST_LIMIT"
    """The county's value of the units used, which the fee may not exceed."""
    FEE = "FEE"
    """The fee."""


INCOMES = frozenset({Label.INCOME, Label.THRESHOLD, Label.EXCESS, Label.REDUCTION, Label.SHARE_OF_EXCESS})
"""Lines that tell an income or a household, or from which one can be counted back."""


@dataclass(frozen=True)
class Step:
    """One line; cents."""

    label: Label
    cents: int
    operands: tuple[int, ...] = ()


def without_incomes(steps: Iterable[Step]) -> list[Step]:
    """The lines for a reader who may see the result only (ACCESS-3)."""
    return [step for step in steps if step.label not in INCOMES]
