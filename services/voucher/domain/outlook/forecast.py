"""Where a budget line goes from here: what will be spent of what is bound, and when it runs out (M-C5)."""

from dataclasses import dataclass
from datetime import date, timedelta

from services.voucher.domain.purse.ledger import LineBalance

HISTORY_MONTHS = 12
"""How far back vouchers that ended tell how much of a promise is used (M-C4)."""
BURN_MONTHS = 3
"""How far back the pace of a line is measured unless asked otherwise."""


@dataclass(frozen=True)
class Outlook:
    """A line with its history, in cents.

    `redeemed` of `issued` is what vouchers that ended in the last twelve months used of their value; `burned` is what
    left available in the last `days`, less what came back.
    """

    line_code: str
    fiscal_year: int
    balance: LineBalance
    redeemed: int
    issued: int
    burned: int
    days: int

    @property
    def forecast(self) -> int:
        """What the year will have cost: spent + committed + reserved * redeemed / issued, half a cent rounded up.

        Without history all that is reserved is expected to be used.
        """
        reserved = self.balance.reserved
        used = (2 * reserved * self.redeemed + self.issued) // (2 * self.issued) if self.issued else reserved
        return self.balance.spent + self.balance.committed + used

    def run_out(self, today: date) -> date | None:
        """The first day on which nothing is available at this pace; None when it lasts the fiscal year."""
        if self.balance.available <= 0:
            return today
        if self.burned <= 0:
            return None
        lasts = -(-self.balance.available * self.days // self.burned)
        last_day = date(self.fiscal_year, 12, 31)
        return today + timedelta(days=lasts) if lasts <= (last_day - today).days else None


def months_before(day: date, months: int) -> date:
    """The same day so many months ago, or the last of that month."""
    number = day.year * 12 + day.month - 1 - months
    first = date(number // 12, number % 12 + 1, 1)
    after = date((number + 1) // 12, (number + 1) % 12 + 1, 1)
    return first + timedelta(days=min(day.day, (after - first).days) - 1)
