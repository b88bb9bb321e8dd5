"""Measurements of goals."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.careplan.domain.goal_measurement import GoalMeasurement
from services.careplan.storage import tables

_measured = tables.goal_measurement.c


def measurements_of(session: Session, plan_id: UUID, limit: int) -> Sequence[GoalMeasurement]:
    """The newest measurements of a plan's goals, newest first."""
    query = select(GoalMeasurement).where(_measured.plan_id == plan_id)
    order = (_measured.measured_on.desc(), _measured.created_at.desc(), _measured.id)
    return session.execute(query.order_by(*order).limit(limit)).scalars().all()
