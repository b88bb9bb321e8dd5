"""What spans fiscal years, split by the day of service (BUDGET-13): whole units, and the cents that pay them."""

from collections.abc import Mapping
from datetime import date

from services.kernel.care import CareUnit


def units_by_year(units: int, *, unit: str, first: date, last: date) -> dict[int, int]:
    """How many of the units are planned in each year, together all of them.

    Months by the calendar: each belongs to the year in which it begins. Everything else evenly by days, rounded half
    up to whole units at each turn of the year.
    """
    if unit == CareUnit.MONTH:
        return _months(units, first, last)
    days = (last - first).days + 1
    parts: dict[int, int] = {}
    before = 0
    for year in range(first.year, last.year + 1):
        passed = (min(last, date(year, 12, 31)) - first).days + 1
        until = (2 * units * passed + days) // (2 * days)
        if until > before:
            parts[year] = until - before
        before = until
    return parts


def cents_by_year(cents: int, *, units: int, unit: str, first: date, last: date) -> dict[int, int]:
    """The cents of `units`, split as they are; what does not divide evenly is in the last year."""
    parts = {
        year: cents * part // units for year, part in units_by_year(units, unit=unit, first=first, last=last).items()
    }
    if parts:
        parts[max(parts)] += cents - sum(parts.values())
    return _without_nothing(parts)


def _months(units: int, first: date, last: date) -> dict[int, int]:
    parts: dict[int, int] = {}
    for number in range(units):
        year = min(first.year + (first.month - 1 + number) // 12, last.year)
        parts[year] = parts.get(year, 0) + 1
    return parts


def _without_nothing(parts: Mapping[int, int]) -> dict[int, int]:
    return {year: cents for year, cents in parts.items() if cents}
