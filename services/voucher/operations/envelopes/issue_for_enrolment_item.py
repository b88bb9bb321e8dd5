"""Draft and issue the voucher of a package's item, its money taken out of the enrolment's envelope (PROCESS-B5)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.inbox import NotYet
from services.chassis.vault import Vault
from services.voucher.domain.neighbours.client import DecisionCopy
from services.voucher.domain.purse.ledger import Source, SourceKind
from services.voucher.domain.rules import Rules
from services.voucher.domain.vouchers.content import ContentSpec
from services.voucher.domain.vouchers.issuing import Official
from services.voucher.domain.vouchers.refusals import DecisionMissing
from services.voucher.domain.vouchers.voucher import Voucher
from services.voucher.operations.vouchers.draft_voucher import draft_voucher
from services.voucher.operations.vouchers.grounds import grounds_of
from services.voucher.operations.vouchers.issue_voucher import issue_voucher
from services.voucher.storage.neighbours import client


@dataclass(frozen=True)
class VoucherItem:
    """An item of an enrolment that is arranged by voucher, as its planned service has it."""

    enrolment_id: UUID
    item_code: str
    client_id: UUID
    plan_service_id: UUID
    service_code: str
    units: int
    from_date: date
    to_date: date


def issue_for_enrolment_item(
    session: Session,
    *,
    item: VoucherItem,
    official: Official,
    patience: timedelta,
    vault: Vault,
    rules: Rules,
    now: datetime,
    new_id: UUID,
) -> Voucher:
    """Draft and issue the item's voucher in this transaction; refuses like `draft_voucher` and `issue_voucher`.

    Raises NotYet while a fact it rests on has not arrived; with no `patience` that is a refusal like any other.
    """
    decision = _decision(session, item, helsinki_date(now))
    if patience and (decision is None or grounds_of(session, official, item.client_id, decision.decision_id).unheard):
        raise NotYet(f"not all that item {item.item_code} rests on is known here", patience=patience)
    if decision is None:
        raise DecisionMissing("no decision grants the item to the client")
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
        vault=vault,
        rules=rules,
        now=now,
        new_id=new_id,
    )
    envelope = Source(SourceKind.ENROLMENT, item.enrolment_id)
    return issue_voucher(
        session, voucher_id=new_id, envelope=envelope, official=official, vault=vault, rules=rules, now=now
    )


def _decision(session: Session, item: VoucherItem, today: date) -> DecisionCopy | None:
    for decision in client.granted_decisions(session, item.client_id, today=today):
        period = decision.from_date <= item.from_date and item.to_date <= decision.to_date
        if decision.service_code == item.service_code and decision.units >= item.units and period:
            return decision
    return None
