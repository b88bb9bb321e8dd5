"""The county takes a voucher back (VOUCHER-13)."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.voucher.domain.claims.redemption import NOT_COUNTED
from services.voucher.domain.rules import Rules
from services.voucher.domain.vouchers.issuing import Official, check_issuer
from services.voucher.domain.vouchers.reasons import GONE, RevokeReason
from services.voucher.domain.vouchers.states import LIVE, State
from services.voucher.domain.vouchers.voucher import Voucher
from services.voucher.operations.claims.free_held_units import release_unclaimable
from services.voucher.operations.claims.overturn_claims import overturn_claims
from services.voucher.operations.purse import ledger
from services.voucher.operations.vouchers.discard_draft import discard_draft
from services.voucher.operations.vouchers.load_voucher import load_voucher
from services.voucher.operations.vouchers.tell_voucher import money_of, publish, tell_voucher
from services.voucher.storage.claims import redemption as redemption_rows
from services.voucher.storage.neighbours import plan, provider
from services.voucher.storage.vouchers import voucher as rows
from sote.voucher.v1.events_pb2 import VoucherRevoked


def revoke_voucher(
    session: Session,
    *,
    voucher_id: UUID,
    reason: RevokeReason,
    cut_off: date | None,
    etag: str = "",
    official: Official,
    rules: Rules,
    now: datetime,
) -> Voucher:
    """Revoke for the county enterprise; services up to `cut_off` (None: today) may still be claimed."""
    organisation = official.organisation_id
    check_issuer(provider.find_provider(session, organisation) if organisation else None)
    voucher = load_voucher(session, voucher_id, etag=etag)
    take_away(session, voucher, reason=reason, cut_off=cut_off or helsinki_date(now), rules=rules, now=now)
    publish(session, voucher.client_id, now=now, posted=True)
    return voucher


def revoke_of_plan(session: Session, *, plan_id: UUID, rules: Rules, now: datetime) -> None:
    """The plan ended while no provider had accepted: such vouchers are revoked (PROCESS-A9), drafts discarded.

    Call it after the plan's copy is kept: a voucher being issued on the plan is waited for.
    """
    undecided = {State.DRAFT, State.ISSUED, State.RESERVED, State.REROUTING}
    vouchers = rows.all_locked(session, rows.ids_of(session, "plan_id", plan_id, undecided))
    clients = {voucher.client_id for voucher in vouchers}
    for voucher in vouchers:
        if voucher.state is State.DRAFT:
            discard_draft(session, voucher, now=now)
        elif voucher.state in undecided:
            today = helsinki_date(now)
            take_away(session, voucher, reason=RevokeReason.PLAN_CLOSED, cut_off=today, rules=rules, now=now)
    for client_id in sorted(clients):
        publish(session, client_id, now=now, posted=True)


def revoke_taken_over(
    session: Session, *, plan_service_id: UUID | None, voucher_id: UUID | None, rules: Rules, now: datetime
) -> None:
    """No provider was found and the county arranges the service itself (PROCESS-C7): its voucher is revoked as of
    today."""
    if voucher_id is not None:
        found: Sequence[UUID] = [voucher_id]
    else:
        found = rows.ids_of(session, "plan_service_id", plan_service_id, LIVE) if plan_service_id else []
    for one in found:
        voucher = load_voucher(session, one)
        if voucher.state in LIVE:
            today = helsinki_date(now)
            take_away(session, voucher, reason=RevokeReason.COUNTY_TAKES_OVER, cut_off=today, rules=rules, now=now)
            publish(session, voucher.client_id, now=now, posted=True)


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
    tell_voucher(session, voucher, VoucherRevoked)
    if voucher.state is State.CLOSING:
        _close(session, voucher, claimable, rules, now)


def _close(session: Session, voucher: Voucher, claimable: bool, rules: Rules, now: datetime) -> None:
    last_day = voucher.cut_off if voucher.revoke_reason in GONE else None
    overturned = overturn_claims(session, voucher, last_day=last_day, rules=rules, now=now)
    open_claims = bool(redemption_rows.states_of(session, voucher.id) - NOT_COUNTED)
    if overturned and not (claimable or open_claims or voucher.units_held):
        voucher.finish(anything_settled=False, now=now)
        ledger.release(session, source=money_of(voucher), now=now)
        tell_voucher(session, voucher, VoucherRevoked)
    elif voucher.provider_id is None:
        release_unclaimable(session, voucher, now)


def _unclaimed(session: Session, voucher: Voucher, cut_off: date) -> bool:
    recorded = plan.deliveries_on(session, voucher_id=voucher.id, plan_service_id=voucher.plan_service_id)
    return any(
        one.service_date <= cut_off and not redemption_rows.claimed(session, one.delivery_id) for one in recorded
    )
