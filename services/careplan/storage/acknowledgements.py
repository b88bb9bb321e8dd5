"""Acknowledgements of versions."""

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

from services.careplan.domain.acknowledgements.acknowledgement import (
    Acknowledgement,
    AcknowledgementState,
    RefusalReason,
)
from services.careplan.storage.columns import MAPPER, METADATA
from services.chassis.columns import INSTANT, code

acknowledgement_table = Table(
    "acknowledgement",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("plan_id", Uuid, ForeignKey("plan.id"), nullable=False, index=True),
    Column("client_id", Uuid, nullable=False),
    Column("provider_id", Uuid, nullable=False),
    Column("major", Integer, nullable=False),
    Column("minor", Integer, nullable=False),
    Column("part_digest", Text, nullable=False),
    Column("due", Date, nullable=False),
    Column("state", code(AcknowledgementState, "state", length=30), nullable=False),
    Column("created_at", INSTANT, nullable=False),
    Column("responded_at", INSTANT),
    Column("refusal_reason", code(RefusalReason, "refusal_reason", length=30)),
    Column("text", Text, nullable=False),
    Column("breach", Boolean, nullable=False),
    Column("superseded", Boolean, nullable=False),
    Index("ix_acknowledgement_provider_id_created_at_id", "provider_id", "created_at", "id"),
    Index("ix_acknowledgement_pending_due", "due", postgresql_where=text("state = 'PENDING' AND NOT superseded")),
    Index("uq_acknowledgement_current", "plan_id", "provider_id", unique=True, postgresql_where=text("NOT superseded")),
    comment="a provider's promise to follow its part of a version (S1.30)",
)

MAPPER.map_imperatively(Acknowledgement, acknowledgement_table)
_acknowledgement = acknowledgement_table.c


def acknowledgements_of(session: Session, plan_id: UUID) -> Sequence[Acknowledgement]:
    """What is asked on the version in force, in the order of asking."""
    query = select(Acknowledgement).where(_acknowledgement.plan_id == plan_id, _acknowledgement.superseded.is_(False))
    order = (_acknowledgement.major, _acknowledgement.minor, _acknowledgement.created_at, _acknowledgement.id)
    return session.execute(query.order_by(*order)).scalars().all()


def plans_unacknowledged(session: Session, today: date, limit: int) -> Sequence[UUID]:
    """Plans with an acknowledgement whose due date has passed."""
    query = select(_acknowledgement.plan_id).where(
        _acknowledgement.state == AcknowledgementState.PENDING,
        _acknowledgement.superseded.is_(False),
        _acknowledgement.due < today,
    )
    return session.execute(query.distinct().limit(limit)).scalars().all()
