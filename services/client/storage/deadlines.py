"""Rows of deadlines: one for each limit of an assessment, with what was told of it."""

from datetime import date
from uuid import UUID

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, Table, Text, Uuid, or_, select, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from services.client.domain.deadlines import Deadline, Milestone
from services.client.storage.metadata import INSTANT, MAPPERS, METADATA, words

deadlines = Table(
    "deadline",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("client_id", Uuid, ForeignKey("client.id"), nullable=False),
    Column("assessment_id", Uuid, ForeignKey("assessment.id"), nullable=False),
    Column("milestone", words(Milestone, "milestone"), nullable=False),
    Column("due_date", Date, nullable=False),
    Column("warn_date", Date, nullable=False, comment="from when it approaches"),
    Column("rule_codes", ARRAY(Text, as_tuple=True), nullable=False),
    Column("ended_date", Date, nullable=True, comment="milestone reached, or the matter fell away"),
    Column("told_approaching", INSTANT, nullable=True),
    Column("told_missed", INSTANT, nullable=True),
    Column("version", Integer, nullable=False, comment="how many facts were told of it"),
    Index("uq_deadline_milestone", "assessment_id", "milestone", unique=True),
    Index("ix_deadline_running", "warn_date", postgresql_where=text("ended_date is null and told_missed is null")),
    comment="statutory limits of matters (2.6, N8); a fact is told once for each",
)

MAPPERS.map_imperatively(Deadline, deadlines)


def to_tell(session: Session, today: date, limit: int) -> list[tuple[UUID, UUID]]:
    """Client and assessment of running deadlines of which something is to be told, in the order of locking."""
    query = (
        select(deadlines.c.client_id, deadlines.c.assessment_id)
        .distinct()
        .where(
            deadlines.c.ended_date.is_(None),
            deadlines.c.told_missed.is_(None),
            deadlines.c.warn_date <= today,
            or_(deadlines.c.told_approaching.is_(None), deadlines.c.due_date < today),
        )
        .order_by(deadlines.c.client_id, deadlines.c.assessment_id)
        .limit(limit)
    )
    return [(row.client_id, row.assessment_id) for row in session.execute(query)]
