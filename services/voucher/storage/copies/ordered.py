"""Reading the copies of plans and deliveries the way commitments need them."""

from uuid import UUID

from sqlalchemy import ColumnElement, func, select, text
from sqlalchemy.orm import Session

from services.voucher.domain.commitment import ORDERABLE
from services.voucher.domain.neighbours import DeliveryCopy, PlanServiceCopy
from services.voucher.storage.commitment import commitments
from services.voucher.storage.copies.plan import deliveries, plan_services, plans
from services.voucher.storage.voucher import vouchers


def lock_plan(session: Session, plan_id: UUID) -> None:
    """Let facts of one plan be followed one after another."""
    session.execute(select(plans.c.plan_id).where(plans.c.plan_id == plan_id).with_for_update())


def hold_plan(session: Session, plan_id: UUID) -> None:
    """Let no news of the plan be applied until the commit, others may read on; take it before any voucher."""
    session.execute(select(plans.c.plan_id).where(plans.c.plan_id == plan_id).with_for_update(read=True))


def lock_service(session: Session, plan_service_id: UUID) -> None:
    """Let a planned service's commitment and the deliveries on it be made one after another, until the commit.

    Neither sees the other's row before it is committed, so without this a delivery could stay uncharged. Take the
    plan's lock first where the plan is known.
    """
    lock = func.pg_advisory_xact_lock(text("hashtext('planned service')"), plan_service_id.int % 2**31)
    session.execute(select(lock))


def lock_contracts(session: Session, provider_id: UUID) -> None:
    """Let news of the provider's contracts and plans that wait for one be followed one after another."""
    lock = func.pg_advisory_xact_lock(text("hashtext('contracts')"), provider_id.int % 2**31)
    session.execute(select(lock))


def plan_services_of(session: Session, plan_id: UUID) -> list[PlanServiceCopy]:
    """Every service of the plan as last told, by id."""
    query = select(plan_services).where(plan_services.c.plan_id == plan_id)
    rows = session.execute(query.order_by(plan_services.c.plan_service_id))
    return [PlanServiceCopy(**row._mapping) for row in rows]


def deliveries_of_service(session: Session, plan_service_id: UUID) -> list[DeliveryCopy]:
    """What was delivered on a planned service, by day."""
    query = select(deliveries).where(deliveries.c.plan_service_id == plan_service_id)
    rows = session.execute(query.order_by(deliveries.c.service_date, deliveries.c.delivery_id))
    return [DeliveryCopy(**row._mapping) for row in rows]


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
    """It came with no enrolment; or its item had a voucher, in whose place the county arranges it itself (A7, C7)."""
    s = plan_services.c
    had_voucher = select(vouchers.c.id).where(vouchers.c.plan_service_id == s.plan_service_id).exists()
    return s.enrolment_id.is_(None) | had_voucher
