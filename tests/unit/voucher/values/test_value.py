"""What a unit is worth to the county (MONEY-3): the ministry's vectors, every border of the table, and rounding."""

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.voucher.domain.money import ValueKind, by_household
from services.voucher.domain.values.explanation import INCOMES, Label, Step, without_incomes
from services.voucher.domain.values.income import IncomeStatement, Means
from services.voucher.domain.values.value import (
    CeilingTotal,
    FixedValue,
    IncomeParameters,
    IncomeStatementMissing,
    ValueParameters,
    value_steps,
    worth_of,
)
from tests.builders.voucher.reference import home_care_value
from tests.builders.voucher.vouchers import CLIENT, NOW

pytestmark = pytest.mark.unit

TABLE = home_care_value()
MINISTRY = IncomeParameters(25_00, 7_00, (528_00,), (35_00,), 342_00)
STATEMENT, SET = UUID(int=700), UUID(int=701)


def stated(household: int, income: int) -> IncomeStatement:
    """A statement in force since the new year."""
    means = Means(household, income)
    return IncomeStatement(STATEMENT, "MAAKUNTA_2017:06", CLIENT, date(2025, 1, 1), None, means, "", NOW, "fin", NOW)


def value(parameters: IncomeParameters, household: int, income: int) -> int:
    """The value of an hour."""
    return value_steps(parameters, Means(household, income))[-1].cents


@pytest.mark.parametrize(
    ("parameters", "household", "income", "expected"),
    [
        (MINISTRY, 1, 900_00, 22_83),
        (TABLE, 2, 2300_00, 22_38),
        (TABLE, 1, 0, 27_00),
        (TABLE, 1, 9000_00, 7_00),
        (TABLE, 8, 2799_00 + 2 * 342_00 + 600_00, 26_10),
    ],
)
def test_income_dependent_value_MONEY_4(
    parameters: IncomeParameters, household: int, income: int, expected: int
) -> None:
    assert value(parameters, household, income) == expected


@pytest.mark.parametrize(
    ("household", "threshold", "percent"),
    [
        (1, 563_00, 35),
        (2, 1039_00, 22),
        (3, 1628_00, 18),
        (4, 2014_00, 15),
        (5, 2438_00, 13),
        (6, 2799_00, 11),
        (7, 3141_00, 10),
        (8, 3483_00, 9),
        (16, 6219_00, 1),
        (17, 6561_00, 0),
        (30, 11007_00, 0),
    ],
)
def test_each_threshold_of_the_table_and_above_six_persons_MONEY_4(
    household: int, threshold: int, percent: int
) -> None:
    """At the threshold nothing is taken; sixty euros above it take as many cents as the percentage says."""
    assert value(TABLE, household, threshold) == 27_00
    assert value(TABLE, household, threshold + 60_00) == 27_00 - percent


def test_half_a_cent_is_rounded_up_and_less_is_not_MONEY_4() -> None:
    exact = IncomeParameters(10_00, 0, (0,), (100_00,), 0)
    # 60 * 0.5 cents take half a cent: 999.5 becomes 1000; 31 take more than half.
    assert [value(exact, 1, income) for income in (29, 30, 31, 60)] == [10_00, 10_00, 9_99, 9_99]


@pytest.mark.parametrize(("multiple", "expected"), [(1, 22_83), (5, 22_85), (10, 22_90), (100, 23_00)])
def test_the_county_may_round_up_to_the_clients_benefit_MONEY_4(multiple: int, expected: int) -> None:
    rounded = IncomeParameters(25_00, 7_00, (528_00,), (35_00,), 342_00, round_up_to=multiple)
    assert value(rounded, 1, 900_00) == expected


def test_rounding_up_never_passes_the_highest_value_and_the_lowest_is_always_given_MONEY_4() -> None:
    coarse = IncomeParameters(25_50, 7_25, (528_00,), (35_00,), 342_00, round_up_to=100)
    assert value(coarse, 1, 528_00) == 25_50
    assert value(coarse, 1, 9000_00) == 7_25
    assert value_steps(coarse, Means(1, 9000_00))[-1] == Step(Label.VALUE_MIN, 7_25)


@given(st.integers(1, 20), st.integers(0, 20_000_00), st.sampled_from([1, 5, 10]))
def test_the_value_stays_between_its_bounds_and_never_grows_with_income_MONEY_4(
    household: int, income: int, multiple: int
) -> None:
    table = IncomeParameters(27_00, 7_00, TABLE.thresholds, TABLE.percents, TABLE.threshold_step, multiple)
    assert 7_00 <= value(table, household, income + 1_00) <= value(table, household, income) <= 27_00
    assert value(table, household, income) <= value(table, household + 1, income)


def test_story_2_is_explained_line_by_line_MONEY_4() -> None:
    worth = worth_of(TABLE, units=120, reference_price=38_00, statement=stated(2, 2300_00), set_id=SET)
    assert worth.steps == (
        Step(Label.VALUE_MAX, 27_00),
        Step(Label.INCOME, 2300_00, (2,)),
        Step(Label.THRESHOLD, 1039_00, (2,)),
        Step(Label.EXCESS, 1261_00),
        Step(Label.REDUCTION, 4_62, (22_00, 60)),
        Step(Label.ROUNDED_UP, 22_38, (1,)),
        Step(Label.UNIT_VALUE, 22_38),
        Step(Label.MAX_VALUE, 2685_60, (120,)),
    )
    assert (worth.kind, worth.parameter_set_id, worth.statement_id) == (ValueKind.INCOME_DEPENDENT, SET, STATEMENT)
    shown = without_incomes(worth.steps)
    assert not {step.label for step in shown} & INCOMES
    assert [step.label for step in shown][-2:] == [Label.UNIT_VALUE, Label.MAX_VALUE]


@given(st.integers(1, 12), st.integers(0, 10_000_00))
def test_the_lines_add_up_MONEY_3(household: int, income: int) -> None:
    highest, _, threshold, excess, reduction, last = value_steps(TABLE, Means(household, income))
    assert excess.cents == max(0, income - threshold.cents)
    assert last.cents == max(TABLE.value_min, highest.cents - reduction.cents)


@pytest.mark.parametrize(
    ("parameters", "kind", "unit_value", "max_value"),
    [
        (None, ValueKind.FIXED, 38_00, 456_00),
        (FixedValue(36_00), ValueKind.FIXED, 36_00, 432_00),
        (CeilingTotal(500_00), ValueKind.CEILING_TOTAL, 41_66, 500_00),
    ],
)
def test_the_other_kinds_of_value_MONEY_3(
    parameters: ValueParameters | None, kind: ValueKind, unit_value: int, max_value: int
) -> None:
    worth = worth_of(parameters, units=12, reference_price=38_00, statement=None)
    assert (worth.kind, worth.unit_value, worth.max_value) == (kind, unit_value, max_value)


def test_without_a_statement_nothing_is_worth_by_income_MONEY_4() -> None:
    with pytest.raises(IncomeStatementMissing):
        worth_of(TABLE, units=12, reference_price=38_00, statement=None)


def test_a_household_has_somebody_MONEY_4() -> None:
    with pytest.raises(ValueError, match="at least one person"):
        by_household((1, 2), 0, 0)
