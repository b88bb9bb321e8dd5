"""Units and cents of what spans fiscal years, split by the day of service (BUDGET-13)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.kernel.care import CareUnit
from services.voucher.domain.purse.years import cents_by_year, units_by_year
from services.voucher.domain.spending.direct_payment import MonthNotOver, check_over, month_after

pytestmark = pytest.mark.unit
FIRST = date(2025, 12, 1)
days = st.dates(date(2024, 1, 1), date(2027, 12, 31))


@pytest.mark.parametrize(
    ("units", "unit", "last", "expected"),
    [
        (6, CareUnit.MONTH, date(2026, 5, 31), {2025: 1, 2026: 5}),
        (60, CareUnit.HOUR, date(2026, 3, 31), {2025: 15, 2026: 45}),
        (20, CareUnit.SESSION, date(2026, 4, 30), {2025: 4, 2026: 16}),
        (4, CareUnit.VISIT, date(2026, 3, 31), {2025: 1, 2026: 3}),
        (5, CareUnit.MONTH, date(2026, 4, 30), {2025: 1, 2026: 4}),
    ],
)
def test_the_units_of_story_4_STORY_4(units: int, unit: CareUnit, last: date, expected: dict[int, int]) -> None:
    assert units_by_year(units, unit=unit, first=FIRST, last=last) == expected


def test_days_of_care_fall_on_their_own_days_BUDGET_13() -> None:
    last = FIRST + timedelta(days=99)
    assert units_by_year(100, unit=CareUnit.DAY, first=FIRST, last=last) == {2025: 31, 2026: 69}


def test_more_months_than_the_period_has_are_in_its_last_year_BUDGET_13() -> None:
    assert units_by_year(9, unit=CareUnit.MONTH, first=FIRST, last=date(2025, 12, 31)) == {2025: 9}


def test_a_unit_is_never_split_BUDGET_13() -> None:
    assert units_by_year(1, unit=CareUnit.HOUR, first=date(2025, 12, 31), last=date(2026, 1, 30)) == {2026: 1}


@given(st.integers(1, 400), st.integers(0, 300_00), st.sampled_from(CareUnit), days, st.integers(0, 900))
def test_parts_are_whole_and_sum_up_BUDGET_13(units: int, price: int, unit: CareUnit, first: date, length: int) -> None:
    last = first + timedelta(days=length)
    parts = units_by_year(units, unit=unit, first=first, last=last)
    assert sum(parts.values()) == units
    assert min(parts.values()) > 0
    assert set(parts) <= set(range(first.year, last.year + 1))
    cents = cents_by_year(price * units, units=units, unit=unit, first=first, last=last)
    assert cents == {year: price * part for year, part in parts.items() if price}


@given(st.integers(1, 400), st.integers(1, 900_00), days, st.integers(0, 900))
def test_no_cent_is_lost_where_they_do_not_divide_INV_22(units: int, total: int, first: date, length: int) -> None:
    last = first + timedelta(days=length)
    parts = cents_by_year(total, units=units, unit=CareUnit.HOUR, first=first, last=last)
    assert sum(parts.values()) == total
    assert min(parts.values()) > 0


def test_a_month_is_paid_when_it_is_over_PAYMENT_2() -> None:
    assert month_after(date(2025, 12, 1)) == date(2026, 1, 1)
    check_over(date(2025, 11, 1), date(2025, 12, 1))
    with pytest.raises(MonthNotOver):
        check_over(date(2025, 12, 1), date(2025, 12, 31))
