"""What operators see of the county's money: the lines of every budget that is not closed (M-C5)."""

from collections.abc import Iterable

from prometheus_client import Gauge

from services.voucher.domain.outlook.forecast import Outlook

LINE_CENTS = Gauge(
    "budget_line_cents",
    "Cents of a budget line: appropriated, available, reserved, committed, spent, overrun (permitted), forecast.",
    ("fiscal_year", "line", "measure"),
)
OVERRUN_CENTS = Gauge(
    "budget_overrun_used_cents",
    "How far available of a line is below zero, by permission (DESIGN-8).",
    ("fiscal_year", "line"),
)
MEASURES = ("appropriated", "available", "reserved", "committed", "spent", "overrun")


def show(outlooks: Iterable[Outlook]) -> None:
    """Set the gauges; lines of budgets closed since are gone."""
    LINE_CENTS.clear()
    OVERRUN_CENTS.clear()
    for outlook in outlooks:
        keys = (str(outlook.fiscal_year), outlook.line_code)
        for measure in MEASURES:
            LINE_CENTS.labels(*keys, measure).set(getattr(outlook.balance, measure))
        LINE_CENTS.labels(*keys, "forecast").set(outlook.forecast)
        OVERRUN_CENTS.labels(*keys).set(max(0, -outlook.balance.available))
