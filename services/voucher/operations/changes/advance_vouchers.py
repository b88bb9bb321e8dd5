"""What time alone does to vouchers: time-out (VOUCHER-6), held units (VOUCHER-9), expiry (VOUCHER-11), closing
(VOUCHER-12), finish (VOUCHER-15)."""

from datetime import datetime
from uuid import uuid5

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.work import reopen_work
from services.kernel.refusal import Refusal
from services.voucher.domain.claims.redemption import UNSETTLED, RedemptionState
from services.voucher.domain.claims.rerouting import free
from services.voucher.domain.vouchers.reasons import DeclineReason
from services.voucher.domain.vouchers.states import State
from services.voucher.domain.vouchers.voucher import Voucher
from services.voucher.domain.vouchers.work import WorkKind
from services.voucher.operations.choices.decline import take_back
from services.voucher.operations.claims.held_units import free_ended
from services.voucher.operations.purse import ledger
from services.voucher.operations.vouchers.voucher import VoucherFact, announce_voucher, money_of, publish_vouchers
from services.voucher.storage.claims import redemption as redemption_rows
from services.voucher.storage.claims import reroute as reroute_rows
from services.voucher.storage.vouchers import voucher as rows
from services.voucher.storage.vouchers import work
from sote.voucher.v1.events_pb2 import VoucherClosing, VoucherExpired, VoucherRevoked, VoucherSettled

AT_ONCE = 50
ENDINGS: dict[State, VoucherFact] = {
    State.SETTLED: VoucherSettled,
    State.EXPIRED: VoucherExpired,
    State.REVOKED: VoucherRevoked,
}


def advance_vouchers(session: Session, *, now: datetime) -> int:
    """Move the vouchers whose time has come, at most fifty, each at most one step; gives how many.

    One that another transaction holds is left for the next time. One that refuses its step waits for a person.
    """
    today = helsinki_date(now)
    due = rows.due(
        session,
        today=today,
        unsettled=redemption_rows.unsettled_vouchers(),
        windows=reroute_rows.vouchers_with_window(today),
        to_free=reroute_rows.vouchers_to_free(today),
        waiting=work.waiting_vouchers(),
        limit=AT_ONCE,
    )
    free = [voucher for voucher_id in due if (voucher := rows.locked_if_free(session, voucher_id))]
    ledger.lock_for(session, [money_of(voucher) for voucher in free])
    moved = {voucher.client_id for voucher in free if _stepped(session, voucher, now)}
    for client_id in sorted(moved):
        publish_vouchers(session, client_id, now=now, posted=True)
    return len(moved)


def _stepped(session: Session, voucher: Voucher, now: datetime) -> bool:
    try:
        with session.begin_nested():
            _step(session, voucher, now)
    except Refusal as refusal:
        key = uuid5(voucher.id, f"{WorkKind.STUCK}/{voucher.state}")
        subject = f"vouchers/{voucher.id}"
        reopen_work(session, work_id=key, kind=WorkKind.STUCK, subject=subject, reason=refusal.reason, now=now)
        return False
    return True


def _step(session: Session, voucher: Voucher, now: datetime) -> None:
    today = helsinki_date(now)
    used = voucher.units_redeemed + voucher.units_held
    may_free = voucher.units_held and today <= voucher.valid_to and voucher.state is not State.CLOSING
    if may_free and free_ended(session, voucher, now=now):
        return
    if today > voucher.valid_to and voucher.state in {State.ISSUED, State.RESERVED} and not used:
        voucher.expire(now=now, today=today)
        ledger.release(session, source=money_of(voucher), now=now)
        announce_voucher(session, voucher, VoucherExpired)
    elif voucher.state is State.RESERVED:
        take_back(session, voucher, by=None, reason=DeclineReason.TIMED_OUT, now=now)
    elif voucher.state is State.CLOSING:
        _finish(session, voucher, now)
    else:
        voucher.end_of_validity(now=now, today=today)
        announce_voucher(session, voucher, VoucherClosing)


def _finish(session: Session, voucher: Voucher, now: datetime) -> None:
    """VOUCHER-15, if it is still due now that the row is ours."""
    states, today = redemption_rows.states_of(session, voucher.id), helsinki_date(now)
    held = reroute_rows.open_reroutes(session, voucher.id)
    to_come = bool(states & UNSETTLED) or any(today <= reroute.claim_until for reroute in held)
    if not voucher.may_finish(open_claims=to_come, today=today):
        return
    for reroute in held:
        free(voucher, reroute, units=reroute.units_open, now=now)
    voucher.finish(anything_settled=RedemptionState.SETTLED in states, now=now)
    ledger.release(session, source=money_of(voucher), now=now)
    announce_voucher(session, voucher, ENDINGS[voucher.state])
