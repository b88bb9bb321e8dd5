"""What vouchers tell."""

from datetime import datetime
from uuid import uuid4

from sqlalchemy.orm import Session

from services.chassis.bus import handles
from services.client.operations.matters.record_matter import record_matter
from services.client.operations.relationships.follow_source import follow_source
from services.client.wire.matters import voucher_matter
from services.client.wire.relationships.sources import voucher_told
from sote.voucher.v1 import events_pb2 as voucher


class Vouchers:
    """Vouchers: matters that open and close, and the relationship of the provider chosen."""

    def _follow_voucher(self, session: Session, facts: voucher.VoucherFacts, now: datetime) -> None:
        follow_source(session, **voucher_told(facts), now=now, new_id=uuid4)

    @handles(voucher.VoucherIssued)
    def on_voucher_issued(self, session: Session, event: voucher.VoucherIssued, now: datetime) -> None:
        """CLIENT-3."""
        record_matter(session, **voucher_matter(event.voucher, is_open=True), now=now)

    @handles(voucher.VoucherReserved)
    def on_voucher_reserved(self, session: Session, event: voucher.VoucherReserved, now: datetime) -> None:
        """S1.42."""
        self._follow_voucher(session, event.voucher, now)

    @handles(voucher.VoucherDeclined)
    def on_voucher_declined(self, session: Session, event: voucher.VoucherDeclined, now: datetime) -> None:
        """S1.42."""
        self._follow_voucher(session, event.voucher, now)

    @handles(voucher.VoucherRerouteStarted)
    def on_voucher_reroute_started(self, session: Session, event: voucher.VoucherRerouteStarted, now: datetime) -> None:
        """S1.42."""
        self._follow_voucher(session, event.voucher, now)

    @handles(voucher.VoucherSettled)
    def on_voucher_settled(self, session: Session, event: voucher.VoucherSettled, now: datetime) -> None:
        """CLIENT-4, S1.42."""
        record_matter(session, **voucher_matter(event.voucher, is_open=False), now=now)
        self._follow_voucher(session, event.voucher, now)

    @handles(voucher.VoucherExpired)
    def on_voucher_expired(self, session: Session, event: voucher.VoucherExpired, now: datetime) -> None:
        """CLIENT-4, S1.42."""
        record_matter(session, **voucher_matter(event.voucher, is_open=False), now=now)
        self._follow_voucher(session, event.voucher, now)

    @handles(voucher.VoucherRevoked)
    def on_voucher_revoked(self, session: Session, event: voucher.VoucherRevoked, now: datetime) -> None:
        """CLIENT-4, S1.42."""
        record_matter(session, **voucher_matter(event.voucher, is_open=False), now=now)
        self._follow_voucher(session, event.voucher, now)
