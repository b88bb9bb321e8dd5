"""The days on which planned services rest."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, Date, ForeignKey, Index, Table, Text, Uuid, or_, select, text
from sqlalchemy.orm import Session

from services.careplan.domain.pauses.pause import Pause
from services.careplan.domain.plans.plan_service import PlanServiceState
from services.careplan.storage.columns import MAPPER, METADATA
from services.chassis.columns import INSTANT, code

pause_table = Table(
    "plan_service_pause",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("plan_service_id", Uuid, ForeignKey("plan_service.id"), nullable=False, index=True),
    Column("from_date", Date, nullable=False),
    Column("resumed_date", Date, comment="the first day it is delivered again; NULL: it rests"),
    Column("state_before", code(PlanServiceState, "state_before", length=30), nullable=False),
    Column("created_at", INSTANT, nullable=False),
    Column("created_by", Text, nullable=False),
    CheckConstraint("from_date <= resumed_date", name="period"),
    Index(
        "uq_plan_service_pause_running",
        "plan_service_id",
        unique=True,
        postgresql_where=text("resumed_date IS NULL"),
    ),
    comment="a planned service rests while the client is away (PLANSERVICE-4); one pause at a time",
)

MAPPER.map_imperatively(Pause, pause_table)
_pause = pause_table.c


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
