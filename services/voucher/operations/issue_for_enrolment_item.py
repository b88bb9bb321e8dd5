"""Draft and issue the voucher of a package's item, its money taken out of the enrolment's envelope (B5)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.inbox import NotYet
from services.voucher.domain.issuing import Official
from services.voucher.domain.ledger import Source, SourceKind
from services.voucher.domain.neighbours import PLANS_IN_FORCE, DecisionCopy
from services.voucher.domain.rules import Rules
from services.voucher.domain.voucher import ContentSpec, Voucher
from services.voucher.domain.voucher_refusals import DecisionMissing
from services.voucher.operations.draft_voucher import draft_voucher
from services.voucher.operations.issue_voucher import issue_voucher
from services.voucher.storage.copies import client, plan


@dataclass(frozen=True)
class VoucherItem:
    """An item of an enrolment that is arranged by voucher, as its planned service has it."""

    enrolment_id: UUID
    item_code: str
    client_id: UUID
    plan_id: UUID
    plan_service_id: UUID
    service_code: str
    units: int
    from_date: date
    to_date: date


def issue_for_enrolment_item(
    session: Session, *, item: VoucherItem, official: Official, rules: Rules, now: datetime, new_id: UUID
) -> Voucher:
    """Draft and issue the item's voucher in this transaction; refuses like `draft_voucher` and `issue_voucher`.

    Raises NotYet while the plan that is in force is not known here with the item's service.
    """
    _wait_for_plan(session, item)
    decision = _decision(session, item, helsinki_date(now))
    draft_voucher(
        session,
        client_id=item.client_id,
        decision_id=decision.decision_id,
        plan_service_id=item.plan_service_id,
        units=item.units,
        valid_from=item.from_date,
        valid_to=item.to_date,
        content=ContentSpec(),
        official=official,
        rules=rules,
        now=now,
        new_id=new_id,
    )
    envelope = Source(SourceKind.ENROLMENT, item.enrolment_id)
    return issue_voucher(session, voucher_id=new_id, envelope=envelope, official=official, rules=rules, now=now)


def _wait_for_plan(session: Session, item: VoucherItem) -> None:
    """The plan's own facts travel on another queue than the enrolment's and may come later."""
    known = plan.find_plan(session, item.plan_id)
    if known is None or known.status not in {*PLANS_IN_FORCE, "CLOSED", "CANCELLED"}:
        raise NotYet("the plan is not known to be in force")
    if plan.find_plan_service(session, item.plan_service_id) is None:
        raise NotYet("the planned service is not known")


def _decision(session: Session, item: VoucherItem, today: date) -> DecisionCopy:
    for decision in client.granted_decisions(session, item.client_id, today=today):
        period = decision.from_date <= item.from_date and item.to_date <= decision.to_date
        if decision.service_code == item.service_code and decision.units >= item.units and period:
            return decision
    raise DecisionMissing("no decision grants the item to the client")
