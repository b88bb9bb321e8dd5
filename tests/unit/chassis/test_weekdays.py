"""Rule LIMIT-1: every vector of the table, and what each sentence of the counting rule says."""

from datetime import date

import pytest

from services.chassis.weekdays import FINLAND, FinnishCalendar

WEEKDAYS = [
    ("2025-03-11", "2025-03-20"),
    ("2025-01-07", "2025-01-16"),
    ("2025-04-15", "2025-04-28"),
    ("2025-05-28", "2025-06-09"),
    ("2025-06-11", "2025-06-23"),
    ("2025-12-15", "2025-12-29"),
    ("2024-12-30", "2025-01-10"),
]
MONTHS = [
    ("2025-01-07", "2025-04-07"),
    ("2025-04-15", "2025-07-15"),
    ("2025-02-03", "2025-05-05"),
    ("2025-11-30", "2026-03-02"),
    ("2025-01-31", "2025-04-30"),
    ("2023-11-30", "2024-02-29"),
    ("2024-02-29", "2024-05-29"),
    ("2024-11-29", "2025-02-28"),
    ("2025-10-01", "2026-01-02"),
]


@pytest.mark.parametrize(("start", "due"), WEEKDAYS)
def test_seventh_weekday_LIMIT_1(start: str, due: str) -> None:
    assert FINLAND.nth_weekday_after(date.fromisoformat(start), 7) == date.fromisoformat(due)


@pytest.mark.parametrize(("start", "due"), MONTHS)
def test_three_months_LIMIT_2(start: str, due: str) -> None:
    assert FINLAND.months_after(date.fromisoformat(start), 3) == date.fromisoformat(due)


@pytest.mark.parametrize("holiday", ["2025-01-01", "2025-01-06", "2025-04-18", "2025-04-21", "2025-05-01"])
def test_public_holidays_are_no_weekdays_LIMIT_1(holiday: str) -> None:
    assert not FINLAND.is_weekday(date.fromisoformat(holiday))


@pytest.mark.parametrize("holiday", ["2025-05-29", "2024-12-06", "2025-12-25", "2025-12-26", "2025-03-15"])
def test_more_days_that_are_no_weekdays_LIMIT_1(holiday: str) -> None:
    assert not FINLAND.is_weekday(date.fromisoformat(holiday))


@pytest.mark.parametrize("eve", ["2025-06-20", "2025-12-24", "2026-06-19", "2026-12-24"])
def test_eves_are_counted_but_never_end_a_period_LIMIT_2(eve: str) -> None:
    day = date.fromisoformat(eve)
    assert FINLAND.is_weekday(day)
    before = date.fromordinal(day.toordinal() - 1)
    assert FINLAND.nth_weekday_after(before, 1) > day


def test_ordinary_days_around_the_eves_end_periods_LIMIT_2() -> None:
    assert FINLAND.nth_weekday_after(date(2025, 6, 18), 1) == date(2025, 6, 19)
    assert FINLAND.nth_weekday_after(date(2026, 6, 11), 1) == date(2026, 6, 12)


def test_a_limit_is_at_least_one_LIMIT_3() -> None:
    with pytest.raises(ValueError, match="weekday"):
        FINLAND.nth_weekday_after(date(2025, 3, 11), 0)
    with pytest.raises(ValueError, match="month"):
        FINLAND.months_after(date(2025, 3, 11), 0)


@pytest.mark.parametrize(
    ("start", "counted", "not_counted"),
    [
        ("2025-12-15", "2025-12-29", "2025-12-29"),
        ("2025-12-12", "2025-12-23", "2025-12-23"),
        ("2025-12-16", "2025-12-29", "2025-12-30"),
        ("2025-06-11", "2025-06-23", "2025-06-23"),
        ("2025-06-12", "2025-06-23", "2025-06-24"),
    ],
)
def test_the_eves_are_counted_unless_the_county_reads_it_otherwise_LIMIT_2(
    start: str, counted: str, not_counted: str
) -> None:
    begun = date.fromisoformat(start)
    assert FINLAND.nth_weekday_after(begun, 7) == date.fromisoformat(counted)
    assert FinnishCalendar(eves_count=False).nth_weekday_after(begun, 7) == date.fromisoformat(not_counted)
