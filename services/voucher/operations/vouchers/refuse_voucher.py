"""The client refuses a voucher (VOUCHER-3)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.voucher.domain.vouchers.voucher import Voucher
from services.voucher.operations.purse import ledger
from services.voucher.operations.vouchers.voucher import announce_voucher, load_voucher_of, money_of, publish_vouchers
from sote.voucher.v1.events_pb2 import VoucherRefused


def refuse_voucher(
    session: Session, *, voucher_id: UUID, by_client: UUID | None, etag: str = "", now: datetime
) -> Voucher:
    """Take the client's no, told by the client (`by_client`) or a helper; everything reserved is released."""
    voucher = load_voucher_of(session, voucher_id, by_client, etag=etag)
    voucher.refuse(now=now)
    ledger.release(session, source=money_of(voucher), now=now)
    announce_voucher(session, voucher, VoucherRefused)
    publish_vouchers(session, voucher.client_id, now=now, posted=True)
    return voucher
