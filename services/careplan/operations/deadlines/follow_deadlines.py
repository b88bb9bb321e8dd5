"""Keeping the deadlines of a plan, a step or a case in line with what it waits for (PLAN-18, CHAIN-9)."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.careplan.domain.acknowledgements.plan_waits import waits_of_plan
from services.careplan.domain.deadlines.deadline import Deadline, Told, Wait
from services.careplan.domain.plans.plan import Plan
from services.careplan.storage import deadlines
from services.careplan.storage.acknowledgements import acknowledgements_of
from services.careplan.storage.consultations import consultations_of
from services.careplan.wire.deadlines import deadline_approaching, deadline_missed
from services.chassis.clock import helsinki_date
from services.chassis.outbox import announce

FACTS = {Told.APPROACHING: deadline_approaching, Told.MISSED: deadline_missed}


def follow_deadlines(
    session: Session, *, owner_id: UUID, client_id: UUID, plan_id: UUID | None, waits: Collection[Wait], now: datetime
) -> None:
    """End what is no longer waited for and begin what is new; the caller holds the lock of the owner's row."""
    kept: set[Wait] = set()
    for one in deadlines.running_of(session, owner_id):
        if one.wait in waits:
            kept.add(one.wait)
        else:
            announce_deadline(session, one, one.end(helsinki_date(now), now))
    session.flush()
    new = [wait for wait in waits if wait not in kept]
    deadlines.begin(session, new, owner_id=owner_id, client_id=client_id, plan_id=plan_id, now=now)


def follow_plan_deadlines(session: Session, plan: Plan, *, now: datetime) -> None:
    """The deadlines of a plan that has changed."""
    session.flush()
    consultations = consultations_of(session, plan.id, plan.major + 1)
    waits = waits_of_plan(plan, consultations, acknowledgements_of(session, plan.id))
    follow_deadlines(session, owner_id=plan.id, client_id=plan.client_id, plan_id=plan.id, waits=waits, now=now)


def announce_deadline(session: Session, deadline: Deadline, told: Told | None) -> None:
    """Announce what is told of a deadline, if anything is."""
    if told is not None:
        fact = FACTS[told](deadline)
        announce(session, fact, aggregate="deadlines", aggregate_id=deadline.id, version=deadline.version)
