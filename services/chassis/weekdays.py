"""Counting of Finnish weekdays and months for legal time limits (LIMIT-1, Act 150/1930)."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import holidays

_DAY = timedelta(days=1)
_SATURDAY = 5
_FRIDAY = 4


@lru_cache(maxsize=512)
def _public_holidays(year: int) -> frozenset[date]:
    """Public holidays of the year without the two eves, which the library lists but the Act counts as weekdays."""
    return frozenset(day for day in holidays.country_holidays("FI", years=year) if not _is_eve(day))


def _is_eve(day: date) -> bool:
    """Christmas Eve, or Midsummer Eve: the Friday between 19 and 25 June."""
    if day.month == 12:
        return day.day == 24
    return day.month == 6 and day.weekday() == _FRIDAY and 19 <= day.day <= 25


@dataclass(frozen=True)
class FinnishCalendar:
    """Monday to Friday without public holidays are weekdays; the eves never end a period.

    Whether they are counted inside one is read both ways; counted is the stricter reading (`eves_count`).
    """

    eves_count: bool = True

    def is_weekday(self, day: date) -> bool:
        """Whether the day is a weekday (arkipäivä); Christmas Eve and Midsummer Eve are, if counted."""
        ordinary = day.weekday() < _SATURDAY and day not in _public_holidays(day.year)
        return ordinary and (self.eves_count or not _is_eve(day))

    def nth_weekday_after(self, day: date, n: int) -> date:
        """The last day of a limit of `n` weekdays (n >= 1) from an event on `day`, which is not itself counted."""
        if n < 1:
            raise ValueError("a limit is at least one weekday")
        end = day
        remaining = n
        while remaining:
            end += _DAY
            remaining -= self.is_weekday(end)
        return self._moved(end)

    def months_after(self, day: date, n: int) -> date:
        """The last day of a limit of `n` months (n >= 1): same day number or the month's last day, moved if it must."""
        if n < 1:
            raise ValueError("a limit is at least one month")
        years, month = divmod(day.month - 1 + n, 12)
        year = day.year + years
        last = calendar.monthrange(year, month + 1)[1]
        return self._moved(date(year, month + 1, min(day.day, last)))

    def _moved(self, end: date) -> date:
        """A period may not end on a holiday, a Saturday or an eve: the next weekday that is none of these."""
        while not self.is_weekday(end) or _is_eve(end):
            end += _DAY
        return end


FINLAND = FinnishCalendar()
