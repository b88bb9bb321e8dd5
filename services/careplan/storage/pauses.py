"""Loading the pauses of planned services."""

from datetime import date
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from services.careplan.domain.pause import Pause
from services.careplan.storage.pause_tables import plan_service_pause

_pause = plan_service_pause.c


def last_of(session: Session, plan_service_id: UUID) -> Pause | None:
    """The newest pause of a planned service; the caller holds the lock of its plan."""
    query = select(Pause).where(_pause.plan_service_id == plan_service_id)
    newest = query.order_by(_pause.from_date.desc(), _pause.created_at.desc()).limit(1)
    return session.execute(newest.execution_options(populate_existing=True)).scalar_one_or_none()


def rested_on(session: Session, plan_service_id: UUID, day: date) -> bool:
    """Whether the planned service rested on that day."""
    query = select(_pause.id).where(
        _pause.plan_service_id == plan_service_id,
        _pause.from_date <= day,
        or_(_pause.resumed_date.is_(None), _pause.resumed_date > day),
    )
    return session.execute(query.limit(1)).first() is not None
