"""How a locked voucher leaves a provider that has not accepted it (VOUCHER-6)."""

from datetime import datetime
from functools import partial
from uuid import UUID

from sqlalchemy.orm import Session

from services.voucher.domain.vouchers.reasons import DeclineReason
from services.voucher.domain.vouchers.voucher import Voucher
from services.voucher.operations.purse import ledger
from services.voucher.operations.vouchers.voucher import announce_voucher, money_of
from services.voucher.storage.vouchers.decline import add_decline
from sote.voucher.v1.events_pb2 import VoucherDeclined


def take_back(session: Session, voucher: Voucher, *, by: UUID | None, reason: DeclineReason, now: datetime) -> None:
    """Free the voucher from its provider; `by` None when its time to accept ran out. The caller publishes."""
    committed = (voucher.county_share or 0) * voucher.units_left
    declined = voucher.decline(by=by, reason=reason, now=now)
    add_decline(session, voucher.id, declined, reason, now)
    if committed:
        ledger.uncommit(session, source=money_of(voucher), amount_cents=committed, now=now)
    announce_voucher(session, voucher, partial(VoucherDeclined, provider_id=str(declined)))
