"""The chosen provider declines a voucher, or does not accept it in time (VOUCHER-6)."""

from datetime import datetime
from functools import partial
from uuid import UUID

from sqlalchemy.orm import Session

from services.voucher.domain.vouchers.reasons import DeclineReason
from services.voucher.domain.vouchers.voucher import Voucher
from services.voucher.operations.purse import ledger
from services.voucher.operations.vouchers.load_voucher import load_own_voucher
from services.voucher.operations.vouchers.tell_voucher import money_of, publish, tell_voucher
from services.voucher.storage.vouchers.decline import add_decline
from sote.voucher.v1.events_pb2 import VoucherDeclined


def decline_voucher(
    session: Session, *, voucher_id: UUID, provider_id: UUID, reason: DeclineReason, etag: str = "", now: datetime
) -> Voucher:
    """Take the provider's no: the commitment is a reservation again and the client chooses anew."""
    voucher = load_own_voucher(session, voucher_id, provider_id, etag=etag)
    take_back(session, voucher, by=provider_id, reason=reason, now=now)
    publish(session, voucher.client_id, now=now, posted=True)
    return voucher


def take_back(session: Session, voucher: Voucher, *, by: UUID | None, reason: DeclineReason, now: datetime) -> None:
    """Free the voucher from its provider; `by` None when its time to accept ran out. The caller publishes."""
    committed = (voucher.county_share or 0) * voucher.units_left
    declined = voucher.decline(by=by, reason=reason, now=now)
    add_decline(session, voucher.id, declined, reason, now)
    if committed:
        ledger.uncommit(session, source=money_of(voucher), amount_cents=committed, now=now)
    tell_voucher(session, voucher, partial(VoucherDeclined, provider_id=str(declined)))
