"""Keep the commitments of a plan as its newest known state asks: made, closed or cancelled."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.voucher.domain.neighbours.plan import OPEN_PLANS, PLANS_IN_FORCE
from services.voucher.domain.spending.commitment import orders
from services.voucher.domain.vouchers.states import OPEN
from services.voucher.operations.purse.ledger import Source, SourceKind, lock_for
from services.voucher.operations.purse.publish_finance import publish_finance
from services.voucher.operations.spending.end_commitment import end_if_over
from services.voucher.operations.spending.order_service import known_line, order_service
from services.voucher.storage.neighbours.locks import lock_contracts, lock_plan
from services.voucher.storage.neighbours.plan import find_plan, plan_services_of
from services.voucher.storage.spending import commitment as commitments
from services.voucher.storage.spending.orders import left_to_plan, plans_without_commitment
from services.voucher.storage.vouchers.voucher import all_locked, ids_of


def follow_plan(session: Session, *, plan_id: UUID, county: str, now: datetime) -> None:
    """Order what the version in force plans as own production or purchase and no enrolment orders, end what is over.

    Call it after the plan's copy is kept; which fact brought it does not matter, nor how often. A service whose
    contract is not known here is ordered by `follow_contract` when the news of it comes.
    """
    lock_plan(session, plan_id)
    plan = find_plan(session, plan_id)
    if plan is None:
        return
    services = {service.plan_service_id: service for service in plan_services_of(session, plan_id)}
    if plan.state in PLANS_IN_FORCE:
        by_plan = left_to_plan(session, plan_id)
        for planned in services.values():
            if orders(planned) and planned.plan_service_id in by_plan and known_line(session, planned):
                order_service(session, plan_service_id=planned.plan_service_id, county=county, now=now)
    for commitment in commitments.open_commitments_of_plan(session, plan_id):
        service = services.get(commitment.plan_service_id)
        end_if_over(session, commitment=commitment, service=service, plan_open=plan.state in OPEN_PLANS, now=now)
    publish_finance(session, client_id=plan.client_id, now=now)


def lock_money_of_plan(session: Session, plan_id: UUID) -> None:
    """Lock what news of a plan may move: its vouchers, its commitments, then the lines that pay them.

    Call it after the plan's copy is kept and before the first posting, where both vouchers and commitments follow.
    """
    given = all_locked(session, ids_of(session, "plan_id", plan_id, OPEN))
    ordered = commitments.open_commitments_of_plan(session, plan_id)
    sources = [Source(SourceKind.VOUCHER, voucher.id) for voucher in given]
    lock_for(session, [*sources, *(Source(SourceKind.COMMITMENT, commitment.id) for commitment in ordered)])


def follow_contract(session: Session, *, provider_id: UUID, county: str, now: datetime) -> None:
    """Order what plans have at the provider and could not be ordered before its contract was known here."""
    lock_contracts(session, provider_id)
    for plan_id in plans_without_commitment(session, provider_id):
        follow_plan(session, plan_id=plan_id, county=county, now=now)
