"""Where a client stood on a goal of a plan in force, on the scale of goal attainment (GOAL-1)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from services.careplan.domain.goals.refusals import MeasuredInFuture
from services.careplan.domain.plans.content import Goal
from services.careplan.domain.plans.plan import Plan
from services.careplan.domain.plans.refusals import GoalUnknown, ScaleInvalid

STEPS = range(-2, 3)


@dataclass
class GoalMeasurement:
    """One measurement; kept for good."""

    id: UUID
    plan_id: UUID
    goal_id: UUID
    step: int
    measured_on: date
    note: str
    created_at: datetime
    created_by: str

    def attained(self, goals: Iterable[Goal]) -> bool:
        """Whether the target of the goal, as one of these goals has it, is reached."""
        return any(goal.goal_id == self.goal_id and self.step >= goal.target for goal in goals)


def check_measurement(plan: Plan, goal_id: UUID, step: int, on: date, today: date) -> None:
    """Refuse a plan not in force, a goal it does not hold, a step off the scale, and a day to come."""
    plan.require("measure_goal")
    if all(goal.goal_id != goal_id for goal in plan.goals):
        raise GoalUnknown(f"the plan has no goal {goal_id}")
    if step not in STEPS:
        raise ScaleInvalid(f"{step} is no step from {STEPS[0]} to {STEPS[-1]}")
    if on > today:
        raise MeasuredInFuture(f"the day {on} is still to come")
