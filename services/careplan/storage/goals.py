"""Measurements of goals."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Integer,
    Table,
    Text,
    Uuid,
    select,
)
from sqlalchemy.orm import Session

from services.careplan.domain.goals.goal_measurement import GoalMeasurement
from services.careplan.storage.columns import MAPPER, METADATA
from services.chassis.columns import INSTANT

goal_measurement_table = Table(
    "goal_measurement",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("plan_id", Uuid, ForeignKey("plan.id"), nullable=False, index=True),
    Column("goal_id", Uuid, nullable=False),
    Column("step", Integer, CheckConstraint("step BETWEEN -2 AND 2", name="step"), nullable=False),
    Column("measured_on", Date, nullable=False),
    Column("note", Text, nullable=False),
    Column("created_at", INSTANT, nullable=False),
    Column("created_by", Text, nullable=False),
    comment="where a client stood on a goal, on the scale of goal attainment (GOAL-1)",
)

MAPPER.map_imperatively(GoalMeasurement, goal_measurement_table)
_measured = goal_measurement_table.c


def measurements_of(session: Session, plan_id: UUID, limit: int) -> Sequence[GoalMeasurement]:
    """The newest measurements of a plan's goals, newest first."""
    query = select(GoalMeasurement).where(_measured.plan_id == plan_id)
    order = (_measured.measured_on.desc(), _measured.created_at.desc(), _measured.id)
    return session.execute(query.order_by(*order).limit(limit)).scalars().all()
