"""Issue a drafted voucher and reserve its value (VOUCHER-2)."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.vault import Vault
from services.voucher.domain.changes.plan_bound import Verdict
from services.voucher.domain.neighbours.provider import CatalogueCopy
from services.voucher.domain.purse.ledger import Source
from services.voucher.domain.rules import Rules
from services.voucher.domain.vouchers.issuing import (
    Official,
    Terms,
    check_grounds,
    check_plan_in_force,
    check_still_planned,
    check_terms,
)
from services.voucher.domain.vouchers.voucher import Voucher
from services.voucher.domain.vouchers.years import planned_years
from services.voucher.operations.purse import ledger
from services.voucher.operations.values.value_voucher import value_voucher
from services.voucher.operations.vouchers.grounds import grounds_of, needs_plan
from services.voucher.operations.vouchers.voucher import (
    announce_voucher,
    hold_grounds,
    load_voucher,
    money_of,
    publish_vouchers,
)
from services.voucher.storage.changes.plan_verdict import add_verdict
from services.voucher.storage.neighbours import plan
from sote.voucher.v1.events_pb2 import VoucherIssued


def issue_voucher(
    session: Session,
    *,
    voucher_id: UUID,
    urgent_reason: str = "",
    etag: str = "",
    envelope: Source | None = None,
    official: Official,
    vault: Vault,
    rules: Rules,
    now: datetime,
) -> Voucher:
    """Issue the draft; its full value is reserved in this transaction, out of `envelope` when one is given
    (PROCESS-B5).

    News of the client, the decision and the plan waits until the commit, so that none of them ends unseen (INV-16).
    Refuses when it is no DRAFT, its grounds no longer hold, its plan is not in force, its value depends on an income
    not stated, or the budget is exhausted (PROCESS-A5).
    """
    today = helsinki_date(now)
    hold_grounds(session, voucher_id)
    voucher = load_voucher(session, voucher_id, etag=etag)
    voucher.require("issue")
    catalogue = _check(session, voucher, official, urgent_reason, rules, today)
    value_voucher(session, voucher, reference_price=catalogue.reference_price_cents, vault=vault, today=today)
    voucher.issue(urgent_reason=urgent_reason, now=now, today=today)
    voucher.issuer_subject = official.subject
    if voucher.max_value:
        _reserve(session, voucher, envelope, now)
    announce_voucher(session, voucher, VoucherIssued)
    _bind_to_plan(session, voucher, now)
    publish_vouchers(session, voucher.client_id, now=now, posted=True)
    return voucher


def _bind_to_plan(session: Session, voucher: Voucher, now: datetime) -> None:
    """The next version of the plan is compared with the one it is issued on (PLANBOUND-1)."""
    found = plan.find_plan(session, voucher.plan_id) if voucher.plan_id else None
    if found is not None and found.major:
        add_verdict(session, voucher.id, found.major, verdict=Verdict.KEEP, now=now)


def _check(
    session: Session, voucher: Voucher, official: Official, urgent_reason: str, rules: Rules, today: date
) -> CatalogueCopy:
    """What VOUCHER-2 asks for; gives the catalogue's entry of the service."""
    grounds = grounds_of(session, official, voucher.client_id, voucher.decision_id)
    decision, catalogue = check_grounds(grounds, client_id=voucher.client_id, today=today)
    terms = Terms(voucher.units_granted, voucher.valid_from, voucher.valid_to)
    check_terms(terms, decision)
    if not rules.issue_requires_active_plan:
        return catalogue
    planned = voucher.plan_id is not None
    if planned or needs_plan(session, voucher.client_id, days=terms.days, rules=rules, today=today):
        found = plan.find_plan(session, voucher.plan_id) if voucher.plan_id else None
        check_plan_in_force(found, urgent_reason=urgent_reason)
        check_still_planned(
            plan.find_plan_service(session, voucher.plan_service_id) if voucher.plan_service_id else None
        )
    return catalogue


def _reserve(session: Session, voucher: Voucher, envelope: Source | None, now: datetime) -> None:
    """The whole value, on the line of each year in which the service is planned (BUDGET-13)."""
    years = planned_years(voucher, voucher.max_value)
    if envelope is None:
        ledger.reserve_years(
            session,
            source=money_of(voucher),
            client_id=voucher.client_id,
            service_code=voucher.service_code,
            years=years,
            now=now,
        )
        return
    ledger.move_reservation(
        session,
        origin=envelope,
        source=money_of(voucher),
        client_id=voucher.client_id,
        service_code=voucher.service_code,
        years=years,
        now=now,
    )
