"""Days by which a party must have acted, stored beside what they belong to."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID, uuid5

from sqlalchemy import Column, Date, Index, Integer, Table, Uuid, or_, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.careplan.domain.deadlines.deadline import Deadline, Subject, Wait
from services.careplan.storage.columns import MAPPER, METADATA
from services.chassis.columns import INSTANT, code

deadline_table = Table(
    "deadline",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("owner_id", Uuid, nullable=False, comment="the plan, the chain step or the case it belongs to"),
    Column("client_id", Uuid, nullable=False),
    Column("plan_id", Uuid),
    Column("subject", code(Subject, "subject", length=30), nullable=False),
    Column("subject_id", Uuid, nullable=False),
    Column("due", Date, nullable=False),
    Column("created_at", INSTANT, nullable=False),
    Column("ended_on", Date, comment="NULL: it is still waited for"),
    Column("warned_at", INSTANT),
    Column("missed_at", INSTANT),
    Column("version", Integer, nullable=False, comment="how many facts were told of it"),
    Index("uq_deadline_subject", "subject", "subject_id", "due", unique=True),
    Index("ix_deadline_of_owner", "owner_id", postgresql_where=text("ended_on IS NULL")),
    Index("ix_deadline_running", "due", "id", postgresql_where=text("ended_on IS NULL AND missed_at IS NULL")),
    Index("ix_deadline_open", "created_at", "id", postgresql_where=text("ended_on IS NULL")),
    comment="who must have acted by when (PLAN-18, CHAIN-9); what is told of each is told once",
)

MAPPER.map_imperatively(Deadline, deadline_table)
_deadline = deadline_table.c


def running_of(session: Session, owner_id: UUID) -> Sequence[Deadline]:
    """The owner's deadlines that have not ended, their rows locked."""
    query = select(Deadline).where(_deadline.owner_id == owner_id, _deadline.ended_on.is_(None)).order_by(_deadline.id)
    return session.execute(query.with_for_update().execution_options(populate_existing=True)).scalars().all()


def begin(
    session: Session, waits: Iterable[Wait], *, owner_id: UUID, client_id: UUID, plan_id: UUID | None, now: datetime
) -> None:
    """Store new deadlines; one that had ended and is waited for again goes on, and nothing of it is announced twice."""
    for wait in sorted(waits, key=lambda each: (each.subject, each.subject_id, each.due)):
        values = {
            "id": uuid5(wait.subject_id, f"{wait.subject} {wait.due}"),
            "owner_id": owner_id,
            "client_id": client_id,
            "plan_id": plan_id,
            "created_at": now,
            "version": 0,
            **vars(wait),
        }
        key = ["subject", "subject_id", "due"]
        session.execute(
            insert(deadline_table).values(values).on_conflict_do_update(index_elements=key, set_={"ended_on": None})
        )


def to_announce(session: Session, today: date, horizon: date, limit: int) -> Sequence[Deadline]:
    """Deadlines with something to announce, locked; those that another process holds come next time."""
    something = or_(_deadline.due < today, _deadline.warned_at.is_(None))
    query = select(Deadline).where(
        _deadline.ended_on.is_(None), _deadline.missed_at.is_(None), _deadline.due <= horizon, something
    )
    return (
        session.execute(query.order_by(_deadline.due, _deadline.id).limit(limit).with_for_update(skip_locked=True))
        .scalars()
        .all()
    )
