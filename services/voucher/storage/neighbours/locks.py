"""Locks on what neighbours tell, so that facts that need each other are followed one after another."""

from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from services.voucher.storage.neighbours.plan import plans


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
