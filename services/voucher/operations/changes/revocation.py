"""How a locked voucher is taken back, whatever the cause (VOUCHER-13)."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.voucher.domain.claims.redemption import NOT_COUNTED
from services.voucher.domain.rules import Rules
from services.voucher.domain.vouchers.reasons import GONE, RevokeReason
from services.voucher.domain.vouchers.states import State
from services.voucher.domain.vouchers.voucher import Voucher
from services.voucher.operations.claims.held_units import release_unclaimable
from services.voucher.operations.claims.reversal import overturn_claims
from services.voucher.operations.purse import ledger
from services.voucher.operations.vouchers.voucher import announce_voucher, money_of
from services.voucher.storage.claims import redemption as redemption_rows
from services.voucher.storage.neighbours import plan
from sote.voucher.v1.events_pb2 import VoucherRevoked


def take_away(
    session: Session, voucher: Voucher, *, reason: RevokeReason, cut_off: date, rules: Rules, now: datetime
) -> None:
    """Revoke a locked voucher; the caller publishes.

    What nobody can claim is released at once. Once a provider is at work that is not known before the claim window
    ends, because deliveries may be recorded late: then everything stays committed until the voucher finishes
    (VOUCHER-15). While it is between providers only a former one's held units and unpaid claims stay. Claims for days
    after the cut-off are taken back, and if nothing else was claimed the voucher has ended.
    """
    at_work = voucher.state not in {State.ISSUED, State.RESERVED, State.REROUTING}
    to_come = cut_off > helsinki_date(now) or _unclaimed(session, voucher, cut_off)
    claimable = at_work and to_come
    voucher.revoke(reason=reason, cut_off=cut_off, claimable=claimable, now=now)
    if voucher.state is State.REVOKED:
        ledger.release(session, source=money_of(voucher), now=now)
    announce_voucher(session, voucher, VoucherRevoked)
    if voucher.state is State.CLOSING:
        _close(session, voucher, claimable, rules, now)


def _close(session: Session, voucher: Voucher, claimable: bool, rules: Rules, now: datetime) -> None:
    last_day = voucher.cut_off if voucher.revoke_reason in GONE else None
    overturned = overturn_claims(session, voucher, last_day=last_day, rules=rules, now=now)
    open_claims = bool(redemption_rows.states_of(session, voucher.id) - NOT_COUNTED)
    if overturned and not (claimable or open_claims or voucher.units_held):
        voucher.finish(anything_settled=False, now=now)
        ledger.release(session, source=money_of(voucher), now=now)
        announce_voucher(session, voucher, VoucherRevoked)
    elif voucher.provider_id is None:
        release_unclaimable(session, voucher, now)


def _unclaimed(session: Session, voucher: Voucher, cut_off: date) -> bool:
    recorded = plan.deliveries_on(session, voucher_id=voucher.id, plan_service_id=voucher.plan_service_id)
    return any(
        delivery.service_date <= cut_off and not redemption_rows.claimed(session, delivery.delivery_id)
        for delivery in recorded
    )
