"""What vouchers say."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from services.chassis.bus import handles
from services.client.operations.matters.record_matter import record_matter
from services.client.operations.relationships.follow_source import follow_source
from services.client.wire.relationships.sources import voucher_ties
from sote.voucher.v1 import events_pb2 as voucher


class Vouchers:
    """Vouchers: matters that open and close, and the relationship of the provider chosen."""

    @handles(voucher.VoucherIssued)
    def on_voucher_issued(self, session: Session, event: voucher.VoucherIssued, now: datetime) -> None:
        """A matter opens (CLIENT-3)."""
        _record(session, event.voucher, is_open=True, now=now)

    @handles(voucher.VoucherReserved, voucher.VoucherDeclined, voucher.VoucherRerouteStarted)
    def on_voucher(
        self,
        session: Session,
        event: voucher.VoucherReserved | voucher.VoucherDeclined | voucher.VoucherRerouteStarted,
        now: datetime,
    ) -> None:
        """A provider is chosen, or has the voucher no longer (S1.42)."""
        _follow(session, event.voucher, now)

    @handles(voucher.VoucherSettled, voucher.VoucherExpired, voucher.VoucherRevoked)
    def on_voucher_ended(
        self,
        session: Session,
        event: voucher.VoucherSettled | voucher.VoucherExpired | voucher.VoucherRevoked,
        now: datetime,
    ) -> None:
        """A matter closes (CLIENT-4)."""
        _record(session, event.voucher, is_open=False, now=now)
        _follow(session, event.voucher, now)


def _record(session: Session, facts: voucher.VoucherFacts, *, is_open: bool, now: datetime) -> None:
    record_matter(
        session,
        client_id=UUID(facts.client_id),
        matter_id=UUID(facts.voucher_id),
        is_open=is_open,
        version=facts.version,
        now=now,
    )


def _follow(session: Session, facts: voucher.VoucherFacts, now: datetime) -> None:
    follow_source(
        session,
        client_id=UUID(facts.client_id),
        source_id=UUID(facts.voucher_id),
        ties=voucher_ties(facts),
        version=facts.version,
        now=now,
        new_id=uuid4,
    )
