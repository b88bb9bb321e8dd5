"""Fund the items of an enrolment out of its envelope: all mandatory ones, or none (PROCESS-B5, PROCESS-B6, INV-19)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from google.protobuf.message import Message
from sqlalchemy.orm import Session

from services.chassis.inbox import NotYet
from services.chassis.outbox import announce
from services.chassis.vault import Vault
from services.kernel.care import Arrangement
from services.kernel.refusal import Refusal
from services.voucher.domain.envelopes.envelope import Enrolment, EnrolmentItem, Envelope, EnvelopeState, Funded
from services.voucher.domain.neighbours.plan import PLANS_IN_FORCE
from services.voucher.domain.rules import Rules
from services.voucher.domain.vouchers.issuing import Official
from services.voucher.domain.vouchers.refusals import NoActiveContract
from services.voucher.operations.envelopes.issue_for_enrolment_item import VoucherItem, issue_for_enrolment_item
from services.voucher.operations.purse.ledger import BudgetExhausted, Source, SourceKind, line_of, lock_for, release
from services.voucher.operations.purse.publish_finance import publish_finance
from services.voucher.operations.spending.order_service import order_service
from services.voucher.storage.envelopes.envelope import load_envelope, save_envelope
from services.voucher.storage.neighbours.client import lock_grounds
from services.voucher.storage.neighbours.locks import hold_plan
from services.voucher.storage.neighbours.plan import find_plan, find_plan_service
from services.voucher.wire.envelopes.enrolment import enrolment_funded, funding_failed


class _MandatoryItemRefused(Exception):
    """A mandatory item could not be funded: what was done for the others is taken back."""

    def __init__(self, item_code: str, reason: str) -> None:
        super().__init__(item_code)
        self.item_code = item_code
        self.reason = reason


@dataclass(frozen=True)
class _Request:
    """What every item is funded with; `patience` is zero once what is late counts as not there."""

    enrolment: Enrolment
    county: str
    vault: Vault
    rules: Rules
    patience: timedelta
    now: datetime


def fund_enrolment(
    session: Session, *, enrolment: Enrolment, plan_id: UUID, county: str, vault: Vault, rules: Rules, now: datetime
) -> None:
    """A voucher for each V item, a commitment for each O and U item with units, each moved out of the envelope.

    A mandatory item that is refused undoes all of it, releases the envelope and announces EnrolmentFundingFailed; an
    optional one is skipped. Raises NotYet while the envelope or the plan in force with the items is not known here, and
    for `saga.retry_minutes` from the envelope's reservation while another fact that an item needs is not (PROCESS-5).
    """
    envelope = load_envelope(session, enrolment.enrolment_id)
    if envelope is None:
        raise NotYet("the envelope of the enrolment is not reserved yet")
    if envelope.state is not EnvelopeState.RESERVED:
        return
    lock_grounds(session, enrolment.client_id)
    hold_plan(session, plan_id)
    _must_be_planned(session, plan_id, enrolment.items)
    source = Source(SourceKind.ENROLMENT, enrolment.enrolment_id)
    lock_for(session, [source], _lines(session, enrolment.items))
    request = _Request(enrolment, county, vault, rules, _patience(envelope, rules, now), now)
    fact: Message
    try:
        with session.begin_nested():
            funded = [_fund_item(session, request, item) for item in enrolment.items]
    except _MandatoryItemRefused as failure:
        release(session, source=source, now=now)
        _end(session, envelope, "fail", now)
        fact = funding_failed(enrolment.enrolment_id, failure.item_code, failure.reason)
    else:
        _end(session, envelope, "fund", now)
        fact = enrolment_funded(enrolment.enrolment_id, funded)
    announce(session, fact, aggregate="enrolments", aggregate_id=enrolment.enrolment_id, version=envelope.version)
    publish_finance(session, client_id=enrolment.client_id, now=now)


def _end(session: Session, envelope: Envelope, command: str, now: datetime) -> None:
    envelope.step(command, now)
    save_envelope(session, envelope)


def _patience(envelope: Envelope, rules: Rules, now: datetime) -> timedelta:
    wait = timedelta(minutes=rules.saga_retry_minutes)
    return wait if now - envelope.created_at < wait else timedelta()


def _must_be_planned(session: Session, plan_id: UUID, items: Iterable[EnrolmentItem]) -> None:
    """Wait for the plan in force with every item that costs something."""
    plan = find_plan(session, plan_id)
    if plan is None or plan.state not in PLANS_IN_FORCE:
        raise NotYet("the plan in force is not known here")
    for item in items:
        if item.costs and (item.plan_service_id is None or find_plan_service(session, item.plan_service_id) is None):
            raise NotYet(f"the planned service of item {item.item_code} is not known here")


def _lines(session: Session, items: Iterable[EnrolmentItem]) -> set[UUID]:
    """The budget lines the items post to, where there are any; a missing one is refused item by item."""
    found: set[UUID] = set()
    for item in items:
        for year in range(item.from_date.year, item.to_date.year + 1) if item.costs else ():
            try:
                found.add(line_of(session, service_code=item.service_code, service_date=date(year, 1, 1)))
            except BudgetExhausted:
                continue
    return found


def _fund_item(session: Session, request: _Request, item: EnrolmentItem) -> Funded:
    """Fund one item in a savepoint of its own; a refusal skips an optional item and stops the rest otherwise."""
    try:
        with session.begin_nested():
            return _funded(session, request, item)
    except Refusal as refusal:
        if item.mandatory:
            raise _MandatoryItemRefused(item.item_code, refusal.reason) from refusal
        return Funded(item.item_code, skipped_reason=refusal.reason)


def _funded(session: Session, request: _Request, item: EnrolmentItem) -> Funded:
    if not item.costs or item.plan_service_id is None:
        return Funded(item.item_code)
    if item.arrangement != Arrangement.VOUCHER:
        return Funded(item.item_code, commitment_id=_ordered(session, request, item.plan_service_id))
    voucher = issue_for_enrolment_item(
        session,
        item=_voucher_item(request.enrolment, item, item.plan_service_id),
        official=_official(request),
        patience=request.patience,
        vault=request.vault,
        rules=request.rules,
        now=request.now,
        new_id=uuid5(request.enrolment.enrolment_id, item.item_code),
    )
    return Funded(item.item_code, voucher_id=voucher.id)


def _ordered(session: Session, request: _Request, plan_service_id: UUID) -> UUID:
    """The commitment; its contract may be late, until there is no more patience with it."""
    envelope = Source(SourceKind.ENROLMENT, request.enrolment.enrolment_id)
    try:
        ordered = order_service(
            session, plan_service_id=plan_service_id, county=request.county, now=request.now, envelope=envelope
        )
    except NotYet as early:
        if request.patience:
            raise NotYet(str(early), patience=request.patience) from early
        raise NoActiveContract("no contract of the planned service is known") from early
    return ordered.id


def _voucher_item(enrolment: Enrolment, item: EnrolmentItem, plan_service_id: UUID) -> VoucherItem:
    return VoucherItem(
        enrolment_id=enrolment.enrolment_id,
        item_code=item.item_code,
        client_id=enrolment.client_id,
        plan_service_id=plan_service_id,
        service_code=item.service_code,
        units=item.units,
        from_date=item.from_date,
        to_date=item.to_date,
    )


def _official(request: _Request) -> Official:
    """Whoever proposed the enrolment for the county enterprise issues its vouchers."""
    enrolment = request.enrolment
    return Official(enrolment.proposing_organisation_id, enrolment.proposed_by, request.county)
