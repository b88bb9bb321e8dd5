"""The chosen provider accepts a voucher (VOUCHER-5)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.voucher.domain.vouchers.voucher import Voucher
from services.voucher.operations.vouchers.voucher import announce_voucher, load_own_voucher, publish_vouchers
from sote.voucher.v1.events_pb2 import VoucherActivated


def accept_voucher(
    session: Session, *, voucher_id: UUID, provider_id: UUID, content_version: int, etag: str = "", now: datetime
) -> Voucher:
    """Bind the provider to this version of the content (S2.18); refuses when late or when the content has changed."""
    voucher = load_own_voucher(session, voucher_id, provider_id, etag=etag)
    voucher.accept(by=provider_id, content_version=content_version, now=now, today=helsinki_date(now))
    announce_voucher(session, voucher, VoucherActivated)
    publish_vouchers(session, voucher.client_id, now=now, posted=False)
    return voucher
