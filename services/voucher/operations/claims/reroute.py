"""How a locked voucher leaves its provider, whoever asks for it (VOUCHER-9)."""

from datetime import date
from functools import partial
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.values import day
from services.chassis.weekdays import FINLAND
from services.voucher.domain.claims.rerouting import Leaving, Reroute, reroute, units_to_hold
from services.voucher.domain.rules import Rules
from services.voucher.domain.vouchers.voucher import Voucher
from services.voucher.operations.claims.owed_by_year import owed_by_year
from services.voucher.operations.purse import ledger
from services.voucher.operations.vouchers.voucher import VoucherFact, announce_voucher, money_of
from services.voucher.storage.claims import redemption as redemption_rows
from services.voucher.storage.neighbours import plan
from services.voucher.wire.claims.reroute import cause_code
from sote.voucher.v1.events_pb2 import VoucherRerouteStarted


def leave(session: Session, voucher: Voucher, leaving: Leaving, *, rules: Rules) -> None:
    """VOUCHER-9 for a locked voucher; the caller publishes."""
    voucher.require("reroute")
    share = voucher.county_share or 0
    held = _held(session, voucher, leaving.cut_off)
    former = reroute(voucher, leaving, held=held, rules=rules, calendar=FINLAND, today=helsinki_date(leaving.now))
    session.add(former)
    if share * voucher.units_left:
        session.flush()
        source, keep = money_of(voucher), owed_by_year(session, voucher)
        ledger.uncommit(session, source=source, amount_cents=share * voucher.units_left, keep=keep, now=leaving.now)
    announce_voucher(session, voucher, _started(former))


def _started(former: Reroute) -> VoucherFact:
    return partial(
        VoucherRerouteStarted,
        provider_id=str(former.provider_id),
        contract_id=str(former.contract_id),
        cause=cause_code(former.cause),
        cut_off_date=day(former.cut_off),
        units_held=former.units_held,
    )


def _held(session: Session, voucher: Voucher, cut_off: date) -> int:
    provider_id = voucher.provider_id
    if provider_id is None:
        return 0
    claimed = redemption_rows.counted_days(session, voucher.id, provider_id)
    return units_to_hold(voucher, cut_off=cut_off, claimed=claimed, delivered=delivered(session, voucher, provider_id))


def delivered(session: Session, voucher: Voucher, provider_id: UUID) -> list[tuple[date, int]]:
    """Day and units of the provider's recorded deliveries on the voucher that nobody has claimed."""
    recorded = plan.deliveries_on(session, voucher_id=voucher.id, plan_service_id=voucher.plan_service_id)
    return [
        (delivery.service_date, delivery.units)
        for delivery in recorded
        if delivery.provider_id == provider_id and not redemption_rows.claimed(session, delivery.delivery_id)
    ]
