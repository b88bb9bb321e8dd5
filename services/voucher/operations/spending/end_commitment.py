"""End a commitment: release what is neither spent nor owed for deliveries."""

from datetime import datetime

from sqlalchemy.orm import Session

from services.voucher.domain.neighbours.plan import PlanServiceCopy
from services.voucher.domain.spending.commitment import Commitment, ending
from services.voucher.operations.purse.ledger import Source, SourceKind, balance_of, release
from services.voucher.storage.neighbours.plan import deliveries_of_service
from services.voucher.storage.spending import commitment as commitments
from services.voucher.storage.spending.work import finish_waiting


def end_if_over(
    session: Session, *, commitment: Commitment, service: PlanServiceCopy | None, plan_open: bool, now: datetime
) -> None:
    """End the commitment when its planned service is over and every delivery told of it is charged.

    Call it on news of the plan and on news of a delivery, holding the plan's lock: the two come in any order.
    """
    recorded = sum(delivery.units for delivery in deliveries_of_service(session, commitment.plan_service_id))
    command = ending(service, plan_open=plan_open, units_recorded=recorded)
    if command:
        end_commitment(session, commitment=commitment, command=command, now=now)


def end_commitment(session: Session, *, commitment: Commitment, command: str, now: datetime) -> None:
    """Close or cancel a commitment and release what is neither spent nor owed to the provider for deliveries."""
    commitment.step(command, now)
    source = Source(SourceKind.COMMITMENT, commitment.id)
    rest = balance_of(session, source).bound - commitment.bound
    if rest:
        release(session, source=source, amount_cents=rest, keep=commitment.owed_by_year, now=now)
    commitments.save_commitment(session, commitment)
    finish_waiting(session, commitment.id, now=now)
