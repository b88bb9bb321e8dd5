"""Days of the calendar that rules count with, beside the statutory counting of LIMIT-1."""

from calendar import monthrange
from datetime import date


def months_later(day: date, months: int) -> date:
    """The same day number so many months later, or the last day of that month; earlier for a negative number."""
    years, month = divmod(day.month - 1 + months, 12)
    last = monthrange(day.year + years, month + 1)[1]
    return date(day.year + years, month + 1, min(day.day, last))
