"""Draft a voucher (VOUCHER-1)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.vault import Vault
from services.kernel.care import CareUnit
from services.voucher.domain.money import ValueKind
from services.voucher.domain.neighbours.client import DecisionCopy
from services.voucher.domain.neighbours.plan import PlanServiceCopy
from services.voucher.domain.neighbours.provider import CatalogueCopy
from services.voucher.domain.rules import Rules
from services.voucher.domain.vouchers.content import ContentSpec
from services.voucher.domain.vouchers.issuing import (
    Official,
    Terms,
    check_grounds,
    check_plan_service,
    check_terms,
)
from services.voucher.domain.vouchers.refusals import OverlappingVoucher
from services.voucher.domain.vouchers.voucher import Voucher, claim_end
from services.voucher.operations.values.value_voucher import value_voucher
from services.voucher.operations.vouchers.grounds import grounds_of, needs_plan
from services.voucher.operations.vouchers.voucher import announce_voucher, publish_vouchers
from services.voucher.storage.neighbours import plan
from services.voucher.storage.vouchers import voucher as rows
from services.voucher.storage.vouchers.content import keep_content
from sote.voucher.v1.events_pb2 import VoucherDrafted


def draft_voucher(
    session: Session,
    *,
    client_id: UUID,
    decision_id: UUID,
    plan_service_id: UUID | None,
    units: int | None,
    valid_from: date | None,
    valid_to: date | None,
    content: ContentSpec,
    official: Official,
    vault: Vault,
    rules: Rules,
    now: datetime,
    new_id: UUID,
) -> Voucher:
    """Draft a voucher on a granted decision; what is None is taken from the planned service, else from the decision.

    Refuses by INV-04, INV-16, PLAN-19, S2.17, and where its value depends on an income not stated. Binds no money.
    """
    today = helsinki_date(now)
    decision, catalogue = check_grounds(
        grounds_of(session, official, client_id, decision_id), client_id=client_id, today=today
    )
    service = _plan_service(session, decision, plan_service_id, valid_from, valid_to, rules=rules, today=today)
    terms = _terms(decision, service, units, valid_from, valid_to)
    check_terms(terms, decision)
    if rows.overlaps(
        session,
        client_id=client_id,
        service_code=decision.service_code,
        first=terms.valid_from,
        last=terms.valid_to,
    ):
        raise OverlappingVoucher("an open voucher for the same service covers part of the period")
    basis = _Basis(decision, catalogue, service, terms)
    voucher = _voucher(session, basis, content, official, rules, now, new_id)
    value_voucher(session, voucher, reference_price=catalogue.reference_price_cents, vault=vault, today=today)
    session.add(voucher)
    keep_content(session, voucher, subject=official.subject, now=now)
    announce_voucher(session, voucher, VoucherDrafted)
    publish_vouchers(session, client_id, now=now, posted=False)
    return voucher


def _plan_service(
    session: Session,
    decision: DecisionCopy,
    asked: UUID | None,
    valid_from: date | None,
    valid_to: date | None,
    *,
    rules: Rules,
    today: date,
) -> PlanServiceCopy | None:
    """The planned service to fund: that asked for, or the one awaiting a choice; None for a client without a plan."""
    open_plan = plan.open_plan_of(session, decision.client_id)
    days = ((valid_to or decision.to_date) - (valid_from or decision.from_date)).days + 1
    needed = needs_plan(session, decision.client_id, days=days, rules=rules, today=today)
    if asked is None and open_plan is None and not needed:
        return None
    if asked is not None:
        found = plan.find_plan_service(session, asked)
    else:
        found = _awaiting(session, open_plan.plan_id, decision.service_code) if open_plan else None
    return check_plan_service(found, client_id=decision.client_id, service_code=decision.service_code)


def _awaiting(session: Session, plan_id: UUID, service_code: str) -> PlanServiceCopy | None:
    services = plan.plan_services_for(session, plan_id, service_code)
    awaiting = [service for service in services if service.awaits_choice]
    return min(awaiting, key=lambda service: (service.voucher_id is not None, service.plan_service_id), default=None)


def _terms(
    decision: DecisionCopy,
    service: PlanServiceCopy | None,
    units: int | None,
    valid_from: date | None,
    valid_to: date | None,
) -> Terms:
    planned_units = service.units if service else 0
    planned_from = service.from_date if service else None
    planned_to = service.to_date if service else None
    return Terms(
        units=units or planned_units or decision.units,
        valid_from=valid_from or planned_from or decision.from_date,
        valid_to=valid_to or planned_to or decision.to_date,
    )


@dataclass(frozen=True)
class _Basis:
    decision: DecisionCopy
    catalogue: CatalogueCopy
    service: PlanServiceCopy | None
    terms: Terms


def _voucher(
    session: Session, basis: _Basis, content: ContentSpec, official: Official, rules: Rules, now: datetime, new_id: UUID
) -> Voucher:
    decision, catalogue, service, terms = basis.decision, basis.catalogue, basis.service, basis.terms
    number = rows.next_number(session, county_code=official.county_code, year=helsinki_date(now).year)
    return Voucher(
        id=new_id,
        county_scheme=official.county_scheme,
        county_code=official.county_code,
        number=number,
        client_id=decision.client_id,
        assessment_id=decision.assessment_id,
        decision_id=decision.decision_id,
        plan_id=service.plan_id if service else None,
        plan_service_id=service.plan_service_id if service else None,
        enrolment_id=service.enrolment_id if service else None,
        item_code=service.item_code if service else "",
        service_code=decision.service_code,
        unit=CareUnit(catalogue.unit),
        regime=rules.regime(decision.service_code),
        value_kind=ValueKind.FIXED,
        fee_rule=catalogue.fee_rule,
        units_granted=terms.units,
        unit_value=0,
        max_value=0,
        valid_from=terms.valid_from,
        valid_to=terms.valid_to,
        claim_until=claim_end(terms.valid_to, rules),
        content_spec=content,
        issuer_organisation_id=_organisation(official),
        issuer_subject=official.subject,
        created_at=now,
        created_by=official.subject,
        updated_at=now,
    )


def _organisation(official: Official) -> UUID:
    if official.organisation_id is None:
        raise RuntimeError("an issuer without an organisation passed the guard")
    return official.organisation_id
