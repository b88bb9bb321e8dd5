"""Keeping the deadlines of a plan, a step or a case in line with what it waits for (PLAN-18, CHAIN-9)."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.careplan.domain.acknowledgements.plan_waits import waits_of_plan
from services.careplan.domain.deadlines.deadline import Wait
from services.careplan.domain.plans.plan import Plan
from services.careplan.operations.deadlines.announce_deadline import announce_deadline
from services.careplan.storage import deadlines
from services.careplan.storage.acknowledgements import acknowledgements_of
from services.careplan.storage.consultations import consultations_of
from services.chassis.clock import helsinki_date


def follow_deadlines(
    session: Session, *, owner_id: UUID, client_id: UUID, plan_id: UUID | None, waits: Collection[Wait], now: datetime
) -> None:
    """End what is no longer waited for and begin what is new; the caller holds the lock of the owner's row."""
    running: set[Wait] = set()
    for deadline in deadlines.running_of(session, owner_id):
        if deadline.wait in waits:
            running.add(deadline.wait)
        else:
            announce_deadline(session, deadline, deadline.end(helsinki_date(now), now))
    session.flush()
    new = [wait for wait in waits if wait not in running]
    deadlines.begin(session, new, owner_id=owner_id, client_id=client_id, plan_id=plan_id, now=now)


def follow_plan_deadlines(session: Session, plan: Plan, *, now: datetime) -> None:
    """The deadlines of a plan that has changed."""
    session.flush()
    consultations = consultations_of(session, plan.id, plan.major + 1)
    waits = waits_of_plan(plan, consultations, acknowledgements_of(session, plan.id))
    follow_deadlines(session, owner_id=plan.id, client_id=plan.client_id, plan_id=plan.id, waits=waits, now=now)
