"""Where a line goes: forecast by the redemption rate, run-out day by the pace of the last months (M-C5)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.voucher.domain.outlook.forecast import Outlook, months_before
from services.voucher.domain.purse.ledger import LineBalance

pytestmark = pytest.mark.unit
TODAY = date(2025, 7, 1)
cents = st.integers(0, 10_000_00)


def outlook(balance: LineBalance, *, redeemed: int = 0, issued: int = 0, burned: int = 0, days: int = 92) -> Outlook:
    return Outlook("CARE", 2025, balance, redeemed, issued, burned, days)


def test_the_forecast_weighs_what_is_reserved_M_C5() -> None:
    balance = LineBalance(1_000_00, 400_00, 300_00, 200_00, 100_00)
    assert outlook(balance, redeemed=6_164_00, issued=6_272_00).forecast == 300_00 + 294_83
    assert outlook(balance).forecast == 600_00
    assert outlook(balance, issued=100_00).forecast == 300_00


def test_half_a_cent_is_rounded_up_M_C5() -> None:
    assert outlook(LineBalance(5, 0, 5), redeemed=1, issued=2).forecast == 3
    assert outlook(LineBalance(5, 0, 5), redeemed=49, issued=100).forecast == 2


@given(cents, cents, cents, cents, cents)
def test_a_forecast_lies_between_none_and_all_of_the_reserved_M_C5(
    reserved: int, committed: int, spent: int, issued: int, used: int
) -> None:
    found = outlook(LineBalance(0, 0, reserved, committed, spent), redeemed=min(used, issued), issued=issued).forecast
    assert committed + spent <= found <= committed + spent + reserved


def test_a_line_runs_out_at_its_pace_M_C5() -> None:
    balance = LineBalance(1_000_00, 100_00, 0, 0, 900_00)
    assert outlook(balance, burned=920_00, days=92).run_out(TODAY) == date(2025, 7, 11)
    assert outlook(balance, burned=921_00, days=92).run_out(TODAY) == date(2025, 7, 11)
    assert outlook(balance, burned=911_00, days=92).run_out(TODAY) == date(2025, 7, 12)


def test_a_line_that_lasts_the_year_has_no_day_M_C5() -> None:
    balance = LineBalance(1_000_00, 183_00, 0, 0, 817_00)
    assert outlook(balance, burned=92_00, days=92).run_out(TODAY) == date(2025, 12, 31)
    assert outlook(balance, burned=91_00, days=92).run_out(TODAY) is None
    assert outlook(balance, burned=0).run_out(TODAY) is None
    assert outlook(balance, burned=-5_00).run_out(TODAY) is None
    assert outlook(LineBalance(1_00, 0, 1_00), burned=0).run_out(TODAY) == TODAY


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2025, 7, 1), 3, date(2025, 4, 1)),
        (date(2025, 5, 31), 3, date(2025, 2, 28)),
        (date(2024, 3, 31), 1, date(2024, 2, 29)),
        (date(2025, 1, 15), 12, date(2024, 1, 15)),
        (date(2025, 12, 31), 13, date(2024, 11, 30)),
    ],
)
def test_months_are_counted_back_by_the_calendar_M_C5(day: date, months: int, before: date) -> None:
    assert months_before(day, months) == before
