"""What has to stay committed of a voucher while the rest of it is taken back."""

from collections import Counter
from datetime import timedelta

from sqlalchemy.orm import Session

from services.voucher.domain.vouchers.voucher import Voucher
from services.voucher.storage.claims import redemption as redemption_rows
from services.voucher.storage.claims import reroute as reroute_rows


def owed_by_year(session: Session, voucher: Voucher) -> Counter[int]:
    """Claims that are not paid, and units held for the days before their cut-off, by the year of those days; cents."""
    owed = Counter(redemption_rows.unsettled_by_year(session, voucher.id))
    for former in reroute_rows.open_reroutes(session, voucher.id):
        owed[(former.cut_off - timedelta(days=1)).year] += former.units_open * former.county_share
    return owed
