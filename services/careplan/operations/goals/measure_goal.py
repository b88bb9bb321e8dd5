"""Measuring a goal of a plan in force (GOAL-2)."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.careplan.domain.goals.goal_measurement import GoalMeasurement, check_measurement
from services.careplan.domain.plans.plan import Plan
from services.careplan.operations.changes.conclude_change import conclude_change
from services.careplan.operations.plans.load_plan import load_plan
from services.chassis.clock import helsinki_date
from services.chassis.identity import Caller


def measure_goal(
    session: Session,
    *,
    plan_id: UUID,
    etag: str,
    goal_id: UUID,
    step: int,
    measured_on: date,
    note: str,
    caller: Caller,
    now: datetime,
    new_id: UUID,
) -> tuple[GoalMeasurement, Plan]:
    """Record, as the operator, how far the client is on a goal in force; returns the plan with it."""
    plan = load_plan(session, plan_id=plan_id, etag=etag, caller=caller)
    check_measurement(plan, goal_id, step, measured_on, helsinki_date(now))
    measured = GoalMeasurement(new_id, plan.id, goal_id, step, measured_on, note, now, caller.subject)
    session.add(measured)
    conclude_change(session, plan, now=now)
    return measured, plan
