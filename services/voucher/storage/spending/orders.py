"""Reading the copies of plans and deliveries the way commitments need them."""

from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from services.voucher.domain.spending.commitment import ORDERABLE
from services.voucher.storage.neighbours.plan import plan_services
from services.voucher.storage.spending.commitment import commitments
from services.voucher.storage.vouchers.voucher import vouchers


def left_to_plan(session: Session, plan_id: UUID) -> set[UUID]:
    """The services of the plan whose money no enrolment orders."""
    query = select(plan_services.c.plan_service_id).where(plan_services.c.plan_id == plan_id, _left_to_plan())
    return set(session.scalars(query))


def plans_without_commitment(session: Session, provider_id: UUID) -> list[UUID]:
    """Plans with a service at the provider, left to the plan, that orders money and has no commitment yet, by id."""
    s = plan_services.c
    made = select(commitments.c.id).where(commitments.c.plan_service_id == s.plan_service_id).exists()
    orders = s.arrangement.in_(ORDERABLE) & (s.units > 0) & _left_to_plan()
    query = select(s.plan_id).where(s.provider_id == provider_id, orders, ~made).distinct().order_by(s.plan_id)
    return list(session.execute(query).scalars())


def _left_to_plan() -> ColumnElement[bool]:
    """It came with no enrolment; or its item had a voucher, in whose place the county arranges it itself
    (PROCESS-A7, PROCESS-C7)."""
    s = plan_services.c
    had_voucher = select(vouchers.c.id).where(vouchers.c.plan_service_id == s.plan_service_id).exists()
    return s.enrolment_id.is_(None) | had_voucher
