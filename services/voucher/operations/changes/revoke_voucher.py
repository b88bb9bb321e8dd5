"""The county takes a voucher back (VOUCHER-13)."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.voucher.domain.rules import Rules
from services.voucher.domain.vouchers.issuing import Official, check_issuer
from services.voucher.domain.vouchers.reasons import RevokeReason
from services.voucher.domain.vouchers.states import LIVE, State
from services.voucher.domain.vouchers.voucher import Voucher
from services.voucher.operations.changes.revocation import take_away
from services.voucher.operations.vouchers.draft import discard_draft
from services.voucher.operations.vouchers.voucher import load_voucher, publish_vouchers
from services.voucher.storage.neighbours import provider
from services.voucher.storage.vouchers import voucher as rows


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
    publish_vouchers(session, voucher.client_id, now=now, posted=True)
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
        publish_vouchers(session, client_id, now=now, posted=True)


def revoke_taken_over(
    session: Session, *, plan_service_id: UUID | None, voucher_id: UUID | None, rules: Rules, now: datetime
) -> None:
    """No provider was found and the county arranges the service itself (PROCESS-C7): its voucher is revoked as of
    today."""
    if voucher_id is not None:
        found: Sequence[UUID] = [voucher_id]
    else:
        found = rows.ids_of(session, "plan_service_id", plan_service_id, LIVE) if plan_service_id else []
    for found_id in found:
        voucher = load_voucher(session, found_id)
        if voucher.state in LIVE:
            today = helsinki_date(now)
            take_away(session, voucher, reason=RevokeReason.COUNTY_TAKES_OVER, cut_off=today, rules=rules, now=now)
            publish_vouchers(session, voucher.client_id, now=now, posted=True)
