"""The county enterprise gives a voucher more units or a later last day (VOUCHER-16)."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.voucher.domain.changes.amendment import Change, check_extension
from services.voucher.domain.neighbours.client import DecisionCopy
from services.voucher.domain.rules import Rules
from services.voucher.domain.vouchers.issuing import Official, Terms, check_grounds, check_line_holds, check_terms
from services.voucher.domain.vouchers.refusals import DecisionMissing, OutsideValidity
from services.voucher.domain.vouchers.voucher import Voucher
from services.voucher.operations.changes.terms import change_terms
from services.voucher.operations.claims.service_days import days_of
from services.voucher.operations.vouchers.grounds import grounds_of
from services.voucher.operations.vouchers.voucher import hold_grounds, load_voucher, publish_vouchers
from sote.voucher.v1.events_pb2 import VoucherExtended


def extend_voucher(
    session: Session,
    *,
    voucher_id: UUID,
    units: int | None,
    valid_to: date | None,
    decision_id: UUID | None,
    etag: str = "",
    official: Official,
    rules: Rules,
    now: datetime,
) -> Voucher:
    """Extend to `units` in all and to `valid_to` (None: as now), on another decision where one is named.

    Refuses like `issue_voucher` about issuer, decision and client; what is not within the plan's line or extends
    nothing; and like `change_terms`.
    """
    today = helsinki_date(now)
    hold_grounds(session, voucher_id)
    voucher = load_voucher(session, voucher_id, etag=etag)
    voucher.require("extend")
    if today > voucher.valid_to:
        raise OutsideValidity("the voucher's last day is over")
    change = Change(units or voucher.units_granted, voucher.valid_from, valid_to or voucher.valid_to)
    check_extension(voucher, change)
    decision = _granting(session, voucher, decision_id or voucher.decision_id, official, change, today)
    versions = days_of(session, [voucher], rules)[voucher.id].versions
    check_line_holds(versions[-1] if versions else None, units=change.units, last=change.valid_to)
    voucher.decision_id, voucher.assessment_id = decision.decision_id, decision.assessment_id
    change_terms(session, voucher, change, command="extend", fact=VoucherExtended, now=now)
    publish_vouchers(session, voucher.client_id, now=now, posted=True)
    return voucher


def _granting(
    session: Session, voucher: Voucher, decision_id: UUID, official: Official, change: Change, today: date
) -> DecisionCopy:
    """The decision that grants the extended terms."""
    grounds = grounds_of(session, official, voucher.client_id, decision_id)
    if grounds.decision is not None and grounds.decision.service_code != voucher.service_code:
        raise DecisionMissing("the decision grants another service")
    decision, _ = check_grounds(grounds, client_id=voucher.client_id, today=today)
    check_terms(Terms(change.units, voucher.valid_from, change.valid_to), decision)
    return decision
