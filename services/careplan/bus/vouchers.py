"""Facts of the voucher service."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy.orm import Session

from services.careplan.domain.rules import Rules
from services.careplan.operations.vouchers.follow_voucher import follow_voucher
from services.careplan.wire import neighbours as wire
from services.chassis.bus import handles
from sote.voucher.v1 import events_pb2 as voucher


class Vouchers:
    """Facts of the voucher service."""

    rules: Rules

    def _follow(self, session: Session, facts: voucher.VoucherFacts, now: datetime, **told: Any) -> None:
        follow_voucher(session, voucher=wire.voucher(facts), rules=self.rules, now=now, new_id=uuid4, **told)

    @handles(voucher.VoucherIssued)
    def on_voucher_issued(self, session: Session, event: voucher.VoucherIssued, now: datetime) -> None:
        self._follow(session, event.voucher, now)

    @handles(voucher.VoucherRefused)
    def on_voucher_refused(self, session: Session, event: voucher.VoucherRefused, now: datetime) -> None:
        self._follow(session, event.voucher, now, loss=wire.refusal(event))

    @handles(voucher.VoucherReserved)
    def on_voucher_reserved(self, session: Session, event: voucher.VoucherReserved, now: datetime) -> None:
        self._follow(session, event.voucher, now)

    @handles(voucher.VoucherActivated)
    def on_voucher_activated(self, session: Session, event: voucher.VoucherActivated, now: datetime) -> None:
        self._follow(session, event.voucher, now)

    @handles(voucher.VoucherDeclined)
    def on_voucher_declined(self, session: Session, event: voucher.VoucherDeclined, now: datetime) -> None:
        self._follow(session, event.voucher, now, declined=True)

    @handles(voucher.VoucherRerouteStarted)
    def on_voucher_reroute_started(self, session: Session, event: voucher.VoucherRerouteStarted, now: datetime) -> None:
        self._follow(session, event.voucher, now, loss=wire.reroute(event))

    @handles(voucher.VoucherRedeemed)
    def on_voucher_redeemed(self, session: Session, event: voucher.VoucherRedeemed, now: datetime) -> None:
        self._follow(session, event.voucher, now)

    @handles(voucher.VoucherFullyRedeemed)
    def on_voucher_fully_redeemed(self, session: Session, event: voucher.VoucherFullyRedeemed, now: datetime) -> None:
        self._follow(session, event.voucher, now)

    @handles(voucher.VoucherClosing)
    def on_voucher_closing(self, session: Session, event: voucher.VoucherClosing, now: datetime) -> None:
        self._follow(session, event.voucher, now)

    @handles(voucher.VoucherSettled)
    def on_voucher_settled(self, session: Session, event: voucher.VoucherSettled, now: datetime) -> None:
        self._follow(session, event.voucher, now)

    @handles(voucher.VoucherExpired)
    def on_voucher_expired(self, session: Session, event: voucher.VoucherExpired, now: datetime) -> None:
        self._follow(session, event.voucher, now)

    @handles(voucher.VoucherRevoked)
    def on_voucher_revoked(self, session: Session, event: voucher.VoucherRevoked, now: datetime) -> None:
        self._follow(session, event.voucher, now)

    @handles(voucher.VoucherExtended)
    def on_voucher_extended(self, session: Session, event: voucher.VoucherExtended, now: datetime) -> None:
        self._follow(session, event.voucher, now)

    @handles(voucher.VoucherAmended)
    def on_voucher_amended(self, session: Session, event: voucher.VoucherAmended, now: datetime) -> None:
        self._follow(session, event.voucher, now)
