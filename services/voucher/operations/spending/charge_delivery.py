"""Charge deliveries on the commitments of their planned services."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.voucher.domain.neighbours.plan import OPEN_PLANS
from services.voucher.domain.spending.commitment import (
    Commitment,
)
from services.voucher.operations.purse.publish_finance import publish_finance
from services.voucher.operations.spending.charge import _charge, _take
from services.voucher.operations.spending.end_commitment import end_if_over
from services.voucher.storage.neighbours.locks import lock_plan, lock_service
from services.voucher.storage.neighbours.plan import find_delivery, find_plan, find_plan_service
from services.voucher.storage.spending import commitment as commitments


def charge_delivery(session: Session, *, delivery_id: UUID, now: datetime) -> None:
    """Charge a recorded delivery once: own production is booked and spent, a purchase accepted for settlement.

    Nothing happens when no commitment covers its planned service: a voucher pays it, it is not counted, or the
    commitment comes later and then charges what has been delivered.
    """
    delivery = find_delivery(session, delivery_id)
    if delivery is None or delivery.plan_service_id is None:
        return
    planned = find_plan_service(session, delivery.plan_service_id)
    if planned is not None:
        lock_plan(session, planned.plan_id)
    lock_service(session, delivery.plan_service_id)
    commitment_id = commitments.commitment_of_service(session, delivery.plan_service_id)
    if commitment_id is None:
        return
    lock_plan(session, commitments.plan_of(session, commitment_id))
    commitment = commitments.load_commitments(session, [commitment_id], lock=True)[0]
    charge = _take(session, delivery, now)
    if charge is not None:
        _charge(session, commitment, charge, now)
    _end_if_over(session, commitment, now)
    publish_finance(session, client_id=commitment.client_id, now=now)


def _end_if_over(session: Session, commitment: Commitment, now: datetime) -> None:
    """The last delivery may be heard of after the end of its planned service."""
    plan = find_plan(session, commitment.plan_id)
    if plan is not None and not commitment.ended:
        service = find_plan_service(session, commitment.plan_service_id)
        plan_open = plan.state in OPEN_PLANS
        end_if_over(session, commitment=commitment, service=service, plan_open=plan_open, now=now)
