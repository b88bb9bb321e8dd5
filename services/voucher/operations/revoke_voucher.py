"""The county takes a voucher back (V13)."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.voucher.domain.issuing import Official, check_issuer
from services.voucher.domain.voucher import Voucher
from services.voucher.domain.voucher_reasons import RevokeReason
from services.voucher.domain.voucher_states import State
from services.voucher.operations import ledger
from services.voucher.operations.free_held_units import release_unclaimable
from services.voucher.operations.load_voucher import load_voucher
from services.voucher.operations.tell_voucher import money_of, publish, tell_voucher
from services.voucher.storage import redemption as redemption_rows
from services.voucher.storage import voucher as rows
from services.voucher.storage.copies import plan, provider
from sote.voucher.v1.events_pb2 import VoucherRevoked


def revoke_voucher(
    session: Session,
    *,
    voucher_id: UUID,
    reason: RevokeReason,
    cut_off: date | None,
    etag: str = "",
    official: Official,
    now: datetime,
) -> Voucher:
    """Revoke for the county enterprise; services up to `cut_off` (None: today) may still be claimed."""
    organisation = official.organisation_id
    check_issuer(provider.find_provider(session, organisation) if organisation else None)
    voucher = load_voucher(session, voucher_id, etag=etag)
    take_away(session, voucher, reason=reason, cut_off=cut_off or helsinki_date(now), now=now)
    publish(session, voucher.client_id, now=now, posted=True)
    return voucher


def revoke_of_plan(session: Session, *, plan_id: UUID, now: datetime) -> None:
    """The plan ended while no provider had accepted: such vouchers are revoked (A9)."""
    for voucher_id in rows.undecided_of_plan(session, plan_id):
        voucher = load_voucher(session, voucher_id)
        if voucher.state in {State.ISSUED, State.RESERVED, State.REROUTING}:
            today = helsinki_date(now)
            take_away(session, voucher, reason=RevokeReason.PLAN_CLOSED, cut_off=today, now=now)
            publish(session, voucher.client_id, now=now, posted=True)


def take_away(session: Session, voucher: Voucher, *, reason: RevokeReason, cut_off: date, now: datetime) -> None:
    """Revoke a locked voucher; the caller publishes.

    What nobody can claim is released at once. Once a provider is at work that is not known before the claim window
    ends, because deliveries may be recorded late: then everything stays committed until the voucher finishes (V15).
    While it is between providers only a former one's held units and unpaid claims stay.
    """
    at_work = voucher.state not in {State.ISSUED, State.RESERVED, State.REROUTING}
    claimable = at_work and _unclaimed(session, voucher, cut_off)
    voucher.revoke(reason=reason, cut_off=cut_off, claimable=claimable, now=now)
    if voucher.state is State.REVOKED:
        ledger.release(session, source=money_of(voucher), now=now)
    elif voucher.provider_id is None:
        release_unclaimable(session, voucher, now)
    tell_voucher(session, voucher, VoucherRevoked)


def _unclaimed(session: Session, voucher: Voucher, cut_off: date) -> bool:
    recorded = plan.deliveries_on(session, voucher_id=voucher.id, plan_service_id=voucher.plan_service_id)
    return any(
        one.service_date <= cut_off and not redemption_rows.claimed(session, one.delivery_id) for one in recorded
    )
