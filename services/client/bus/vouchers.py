"""What vouchers tell."""

from datetime import datetime

from sqlalchemy.orm import Session

from services.chassis.bus import handles
from services.client.operations.note_matter import note_matter
from services.client.wire.matters import voucher_matter
from sote.voucher.v1 import events_pb2 as voucher


class Vouchers:
    """Vouchers: matters that open and close."""

    @handles(voucher.VoucherIssued)
    def on_voucher_issued(self, session: Session, event: voucher.VoucherIssued, now: datetime) -> None:
        """C3."""
        note_matter(session, **voucher_matter(event.voucher, is_open=True), now=now)

    @handles(voucher.VoucherSettled)
    def on_voucher_settled(self, session: Session, event: voucher.VoucherSettled, now: datetime) -> None:
        """C4."""
        note_matter(session, **voucher_matter(event.voucher, is_open=False), now=now)

    @handles(voucher.VoucherExpired)
    def on_voucher_expired(self, session: Session, event: voucher.VoucherExpired, now: datetime) -> None:
        """C4."""
        note_matter(session, **voucher_matter(event.voucher, is_open=False), now=now)

    @handles(voucher.VoucherRevoked)
    def on_voucher_revoked(self, session: Session, event: voucher.VoucherRevoked, now: datetime) -> None:
        """C4."""
        note_matter(session, **voucher_matter(event.voucher, is_open=False), now=now)
