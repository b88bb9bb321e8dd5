"""Consultations of other providers about drafts."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    Uuid,
    select,
    text,
)
from sqlalchemy.orm import Session

from services.careplan.domain.consultations.consultation import Consultation, ConsultationState
from services.careplan.storage.columns import MAPPER, METADATA
from services.chassis.columns import INSTANT, UUIDS, code

consultation_table = Table(
    "consultation",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("plan_id", Uuid, ForeignKey("plan.id"), nullable=False, index=True),
    Column("client_id", Uuid, nullable=False),
    Column("provider_id", Uuid, nullable=False),
    Column("for_major", Integer, nullable=False),
    Column("part_digest", Text, nullable=False),
    Column("plan_service_ids", UUIDS, nullable=False),
    Column("due", Date, nullable=False),
    Column("state", code(ConsultationState, "state", length=30), nullable=False),
    Column("created_at", INSTANT, nullable=False),
    Column("responded_at", INSTANT),
    Column("text", Text, nullable=False),
    Column("resolution", Text, nullable=False),
    Column("resolve_due", Date),
    Column("superseded", Boolean, nullable=False),
    Index("ix_consultation_provider_id_created_at_id", "provider_id", "created_at", "id"),
    Index("ix_consultation_pending_due", "due", postgresql_where=text("state = 'PENDING'")),
    Index(
        "uq_consultation_current",
        "plan_id",
        "for_major",
        "provider_id",
        unique=True,
        postgresql_where=text("NOT superseded"),
    ),
    comment="another provider is asked about its part of a draft (S1.29)",
)

MAPPER.map_imperatively(Consultation, consultation_table)
_consultation = consultation_table.c


def consultations_of(session: Session, plan_id: UUID, for_major: int) -> Sequence[Consultation]:
    """What was asked about the version `for_major`, superseded requests included, oldest first."""
    query = select(Consultation).where(_consultation.plan_id == plan_id, _consultation.for_major == for_major)
    return session.execute(query.order_by(_consultation.created_at, _consultation.id)).scalars().all()


def plan_of_consultation(session: Session, consultation_id: UUID) -> UUID | None:
    """The plan a consultation is about."""
    query = select(_consultation.plan_id).where(_consultation.id == consultation_id)
    return session.execute(query).scalar_one_or_none()


def find_consultation(session: Session, consultation_id: UUID) -> Consultation | None:
    """A consultation as it is now; the caller holds the lock of its plan."""
    return session.get(Consultation, consultation_id, populate_existing=True)


def plans_unanswered(session: Session, today: date, limit: int) -> Sequence[UUID]:
    """Plans with a consultation whose due date has passed."""
    query = select(_consultation.plan_id).where(
        _consultation.state == ConsultationState.PENDING, _consultation.due < today
    )
    return session.execute(query.distinct().limit(limit)).scalars().all()
