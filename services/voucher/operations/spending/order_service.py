"""Commit money for own production or a purchase that a plan orders (PROCESS-B6)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.inbox import NotYet
from services.kernel.care import Arrangement, CareUnit
from services.voucher.domain.neighbours.plan import PlanServiceCopy
from services.voucher.domain.neighbours.provider import ContractLine
from services.voucher.domain.spending.commitment import Commitment, agreed_line, commitment_id_for
from services.voucher.operations.purse.ledger import (
    BudgetExhausted,
    Source,
    SourceKind,
    commit,
    move_reservation,
    reserve_years,
)
from services.voucher.operations.spending.charge import charge_waiting, take_waiting
from services.voucher.storage.neighbours.locks import lock_contracts, lock_service
from services.voucher.storage.neighbours.plan import find_plan_service
from services.voucher.storage.neighbours.provider import contracts_of, find_catalogue
from services.voucher.storage.spending import commitment as commitments
from services.voucher.storage.spending.work import open_waiting


def order_service(
    session: Session, *, plan_service_id: UUID, county: str, now: datetime, envelope: Source | None = None
) -> Commitment:
    """Make the planned service's commitment at the price of its contract: RESERVE, then COMMIT; once only.

    With `envelope` its reservation is moved out of there, and BudgetExhausted refuses. Without, a budget that has not
    enough leaves it AWAITING_FUNDS with a work item for county finance, because the plan stays in force (PROCESS-7).
    Raises NotYet while the service, its provider or its contract are not known here.
    """
    lock_service(session, plan_service_id)
    existing = commitments.commitment_of_service(session, plan_service_id)
    if existing is not None:
        return commitments.load_commitments(session, [existing], lock=True)[0]
    commitment = _drawn_up(session, plan_service_id, county, now)
    commitments.add_commitment(session, commitment)
    taken = take_waiting(session, commitment, now)
    if envelope is None:
        _fund_or_wait(session, commitment, now)
    else:
        _fund(session, commitment, now, envelope)
    charge_waiting(session, commitment, taken, now)
    return commitment


def known_line(session: Session, service: PlanServiceCopy) -> ContractLine | None:
    """The contract line whose price the service's commitment copies; None while it is not known here.

    Before it says None it waits for news of the provider's contracts that is under way: `follow_contract` would not
    see this plan yet.
    """
    if service.provider_id is None or service.from_date is None or service.to_date is None:
        return None
    known = agreed_line(contracts_of(session, service.provider_id), service)
    if known is None:
        lock_contracts(session, service.provider_id)
        known = agreed_line(contracts_of(session, service.provider_id), service)
    return known


def _drawn_up(session: Session, plan_service_id: UUID, county: str, now: datetime) -> Commitment:
    service = find_plan_service(session, plan_service_id)
    if service is None or service.provider_id is None or service.from_date is None or service.to_date is None:
        raise NotYet("the planned service is not known with its provider and period")
    line = known_line(session, service)
    if line is None:
        raise NotYet("the contract of the planned service is not known")
    return Commitment(
        id=commitment_id_for(plan_service_id),
        county=county,
        client_id=service.client_id,
        plan_id=service.plan_id,
        plan_service_id=plan_service_id,
        enrolment_id=service.enrolment_id,
        item_code=service.item_code,
        service_code=service.service_code,
        arrangement=Arrangement(service.arrangement),
        provider_id=service.provider_id,
        contract_id=line.contract_id,
        unit_price=line.unit_price_cents,
        units=service.units,
        valid_from=service.from_date,
        valid_to=service.to_date,
        created_at=now,
        updated_at=now,
    )


def _fund_or_wait(session: Session, commitment: Commitment, now: datetime) -> None:
    try:
        fund(session, commitment=commitment, now=now)
    except BudgetExhausted as refusal:
        open_waiting(session, commitment.id, reason=refusal.reason, now=now)


def fund(session: Session, *, commitment: Commitment, now: datetime) -> None:
    """AWAITING_FUNDS -> COMMITTED: RESERVE and COMMIT all of it. Refuses with BudgetExhausted, changing nothing."""
    _fund(session, commitment, now, None)


def _fund(session: Session, commitment: Commitment, now: datetime, envelope: Source | None) -> None:
    source = Source(SourceKind.COMMITMENT, commitment.id)
    if commitment.total:
        _bind(session, commitment, source, now, envelope)
        commit(session, source=source, amount_cents=commitment.total, now=now)
    commitment.step("fund", now)
    commitments.save_commitment(session, commitment)


def _bind(session: Session, commitment: Commitment, source: Source, now: datetime, envelope: Source | None) -> None:
    """All of it, on the line of each year in which the service is planned (BUDGET-13)."""
    entry = find_catalogue(session, commitment.service_code)
    years = commitment.by_year(entry.unit if entry else CareUnit.DAY)
    if envelope is None:
        reserve_years(
            session,
            source=source,
            client_id=commitment.client_id,
            service_code=commitment.service_code,
            years=years,
            now=now,
        )
        return
    move_reservation(
        session,
        origin=envelope,
        source=source,
        client_id=commitment.client_id,
        service_code=commitment.service_code,
        years=years,
        now=now,
    )
