"""Rows of deadlines: one for each limit of a matter, with what was announced of it."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, Date, ForeignKey, Index, Integer, Select, Table, Text, Uuid, or_, select
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from services.chassis.columns import INSTANT, code
from services.client.domain.deadlines.deadline import Deadline, DeadlineEnd
from services.client.domain.deadlines.limits import Milestone
from services.client.domain.refusals import Unknown
from services.client.storage.clients import client as clients
from services.client.storage.metadata import MAPPERS, METADATA

deadlines = Table(
    "deadline",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("client_id", Uuid, ForeignKey("client.id"), nullable=False),
    Column("assessment_id", Uuid, ForeignKey("assessment.id"), nullable=True),
    Column("contact_id", Uuid, ForeignKey("contact.id"), nullable=True),
    Column("decision_id", Uuid, ForeignKey("decision.id"), nullable=True),
    Column("milestone", code(Milestone, "milestone", length=40), nullable=False),
    Column("begin_date", Date, nullable=False, comment="from when a delivery reaches it"),
    Column("due_date", Date, nullable=False),
    Column("warn_date", Date, nullable=False, comment="from when it approaches"),
    Column("rule_codes", ARRAY(Text, as_tuple=True), nullable=False),
    Column("service_codes", ARRAY(Text, as_tuple=True), nullable=False, comment="a delivery of one reaches it"),
    Column("ended_date", Date, nullable=True, comment="milestone reached, or the matter fell away"),
    Column("end", code(DeadlineEnd, "end", length=40), nullable=True),
    Column("end_reason", Text, nullable=False),
    Column("ended_by", Text, nullable=False),
    Column("told_approaching", INSTANT, nullable=True),
    Column("told_missed", INSTANT, nullable=True),
    Column("version", Integer, nullable=False, comment="how many facts were told of it"),
    CheckConstraint("(assessment_id is null) = (contact_id is not null)", name="matter"),
    CheckConstraint("(decision_id is not null) = (milestone = 'IMPLEMENT')", name="decision"),
    CheckConstraint('(ended_date is null) = ("end" is null)', name="ended"),
    Index(
        "uq_deadline_milestone", "assessment_id", "milestone", unique=True, postgresql_where=sql("decision_id is null")
    ),
    Index("uq_deadline_contact", "contact_id", unique=True),
    Index("uq_deadline_decision", "decision_id", unique=True, postgresql_where=sql("ended_date is null")),
    Index("ix_deadline_running", "warn_date", postgresql_where=sql("ended_date is null and told_missed is null")),
    Index("ix_deadline_open", "due_date", "id", postgresql_where=sql("ended_date is null")),
    Index("ix_deadline_client_id", "client_id", postgresql_where=sql("ended_date is null")),
    comment="statutory limits of matters (LIMIT-3, ASSESSMENT-8); a fact is told once for each",
)

MAPPERS.map_imperatively(Deadline, deadlines)


def get_deadline(session: Session, deadline_id: UUID) -> Deadline:
    """The deadline; `Unknown` when there is none."""
    return _known(session.get(Deadline, deadline_id), deadline_id)


def load_deadline(session: Session, deadline_id: UUID) -> Deadline:
    """The deadline, its client's row locked until the transaction ends."""
    owner = session.scalar(select(deadlines.c.client_id).where(deadlines.c.id == deadline_id))
    if owner is not None:
        clients.load_client(session, owner)
    return _known(session.get(Deadline, deadline_id, populate_existing=True), deadline_id)


def running(session: Session, client_id: UUID, milestones: Iterable[Milestone] = Milestone) -> list[Deadline]:
    """The limits of a locked client that have not ended, the nearest first."""
    query = select(Deadline).where(
        deadlines.c.client_id == client_id, deadlines.c.ended_date.is_(None), deadlines.c.milestone.in_(milestones)
    )
    return list(session.scalars(query.order_by(deadlines.c.due_date, deadlines.c.id)))


def to_tell(session: Session, today: date, limit: int) -> list[UUID]:
    """Clients with running limits of which something is to be announced, in the order of locking."""
    query = (
        select(deadlines.c.client_id)
        .distinct()
        .where(
            deadlines.c.ended_date.is_(None),
            deadlines.c.told_missed.is_(None),
            deadlines.c.warn_date <= today,
            or_(deadlines.c.told_approaching.is_(None), deadlines.c.due_date < today),
        )
        .order_by(deadlines.c.client_id)
        .limit(limit)
    )
    return list(session.scalars(query))


def every() -> Select[Deadline]:
    """All limits, for a page of them."""
    return select(Deadline)


def _known(found: Deadline | None, deadline_id: UUID) -> Deadline:
    if found is None:
        raise Unknown("deadline", f"deadlines/{deadline_id}")
    return found
