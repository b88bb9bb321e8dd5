"""Facts of the voucher service: planned services and searches follow their vouchers."""

from datetime import datetime
from uuid import uuid4

from sqlalchemy.orm import Session

from services.careplan.domain.rules import Rules
from services.careplan.domain.searches.reroute_case import Loss
from services.careplan.operations.vouchers.follow_voucher import follow_voucher
from services.careplan.wire import neighbours as wire
from services.chassis.bus import handles
from sote.voucher.v1 import events_pb2 as voucher

VoucherFact = (
    voucher.VoucherIssued
    | voucher.VoucherReserved
    | voucher.VoucherActivated
    | voucher.VoucherRedeemed
    | voucher.VoucherFullyRedeemed
    | voucher.VoucherClosing
    | voucher.VoucherSettled
    | voucher.VoucherExpired
    | voucher.VoucherRevoked
    | voucher.VoucherExtended
    | voucher.VoucherAmended
)
VOUCHER_FACTS: tuple[type[VoucherFact], ...] = (
    voucher.VoucherIssued,
    voucher.VoucherReserved,
    voucher.VoucherActivated,
    voucher.VoucherRedeemed,
    voucher.VoucherFullyRedeemed,
    voucher.VoucherClosing,
    voucher.VoucherSettled,
    voucher.VoucherExpired,
    voucher.VoucherRevoked,
    voucher.VoucherExtended,
    voucher.VoucherAmended,
)


class Vouchers:
    """Facts of the voucher service."""

    rules: Rules

    @handles(*VOUCHER_FACTS)
    def on_voucher(self, session: Session, event: VoucherFact, now: datetime) -> None:
        self._follow(session, event.voucher, now)

    @handles(voucher.VoucherRefused)
    def on_voucher_refused(self, session: Session, event: voucher.VoucherRefused, now: datetime) -> None:
        self._follow(session, event.voucher, now, loss=wire.refusal(event))

    @handles(voucher.VoucherDeclined)
    def on_voucher_declined(self, session: Session, event: voucher.VoucherDeclined, now: datetime) -> None:
        self._follow(session, event.voucher, now, declined=True)

    @handles(voucher.VoucherRerouteStarted)
    def on_voucher_reroute_started(self, session: Session, event: voucher.VoucherRerouteStarted, now: datetime) -> None:
        self._follow(session, event.voucher, now, loss=wire.reroute(event))

    def _follow(
        self,
        session: Session,
        facts: voucher.VoucherFacts,
        now: datetime,
        loss: Loss | None = None,
        *,
        declined: bool = False,
    ) -> None:
        follow_voucher(
            session,
            voucher=wire.voucher(facts),
            loss=loss,
            declined=declined,
            rules=self.rules,
            now=now,
            new_id=uuid4,
        )
