"""The chosen provider declines a voucher, or does not accept it in time (VOUCHER-6)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.voucher.domain.vouchers.reasons import DeclineReason
from services.voucher.domain.vouchers.voucher import Voucher
from services.voucher.operations.choices.decline import take_back
from services.voucher.operations.vouchers.voucher import load_own_voucher, publish_vouchers


def decline_voucher(
    session: Session, *, voucher_id: UUID, provider_id: UUID, reason: DeclineReason, etag: str = "", now: datetime
) -> Voucher:
    """Take the provider's no: the commitment is a reservation again and the client chooses anew."""
    voucher = load_own_voucher(session, voucher_id, provider_id, etag=etag)
    take_back(session, voucher, by=provider_id, reason=reason, now=now)
    publish_vouchers(session, voucher.client_id, now=now, posted=True)
    return voucher
