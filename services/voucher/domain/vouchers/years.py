"""What a voucher has left, split by the years in which it is planned."""

from services.voucher.domain.purse.years import cents_by_year
from services.voucher.domain.vouchers.voucher import Voucher


def planned_years(voucher: Voucher, cents: int) -> dict[int, int]:
    """The cents of all units the voucher has left, split by the year of the days on which they are planned."""
    first, last = voucher.first_service_day, voucher.valid_to
    return cents_by_year(cents, units=voucher.units_left, unit=voucher.unit, first=first, last=last)
