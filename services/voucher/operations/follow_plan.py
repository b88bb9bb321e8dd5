"""Keep the commitments of a plan as its newest known state asks: made, closed or cancelled."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.voucher.domain.commitment import Commitment, orders
from services.voucher.domain.neighbours import OPEN_PLANS, PLANS_IN_FORCE, PlanServiceCopy
from services.voucher.operations.ledger import Source, SourceKind, balance_of, release
from services.voucher.operations.order_service import known_line, order_service
from services.voucher.operations.publish_finance import publish_finance
from services.voucher.storage import commitment as commitments
from services.voucher.storage.copies.ordered import lock_plan, plan_services_of, plans_without_commitment
from services.voucher.storage.copies.plan import find_plan
from services.voucher.storage.waiting import finish_waiting


def follow_plan(session: Session, *, plan_id: UUID, county: str, now: datetime) -> None:
    """Order what the version in force plans as own production or purchase outside an enrolment, end what is over.

    Call it after the plan's copy is kept; which fact brought it does not matter, nor how often. A service whose
    contract is not known here is ordered by `follow_contract` when the news of it comes.
    """
    lock_plan(session, plan_id)
    plan = find_plan(session, plan_id)
    if plan is None:
        return
    services = {one.plan_service_id: one for one in plan_services_of(session, plan_id)}
    if plan.status in PLANS_IN_FORCE:
        for service in services.values():
            if orders(service) and service.enrolment_id is None and known_line(session, service):
                order_service(session, plan_service_id=service.plan_service_id, county=county, now=now)
    for commitment in commitments.open_commitments_of_plan(session, plan_id):
        command = _ending(services.get(commitment.plan_service_id), plan_open=plan.status in OPEN_PLANS)
        if command:
            end_commitment(session, commitment=commitment, command=command, now=now)
    publish_finance(session, client_id=plan.client_id, now=now)


def follow_contract(session: Session, *, provider_id: UUID, county: str, now: datetime) -> None:
    """Order what plans have at the provider and could not be ordered before its contract was known here."""
    for plan_id in plans_without_commitment(session, provider_id):
        follow_plan(session, plan_id=plan_id, county=county, now=now)


def end_commitment(session: Session, *, commitment: Commitment, command: str, now: datetime) -> None:
    """Close or cancel a commitment and release what is neither spent nor owed to the provider for deliveries."""
    commitment.step(command, now)
    source = Source(SourceKind.COMMITMENT, commitment.id)
    rest = balance_of(session, source).bound - commitment.bound
    if rest:
        release(session, source=source, amount_cents=rest, now=now)
    commitments.save_commitment(session, commitment)
    finish_waiting(session, commitment.id, now=now)


def _ending(service: PlanServiceCopy | None, *, plan_open: bool) -> str | None:
    """The command that ends the commitment of a planned service: None while it runs."""
    if service is None or service.status == "CANCELLED":
        return "cancel"
    if service.status == "COMPLETED" or not plan_open:
        return "close"
    return None
