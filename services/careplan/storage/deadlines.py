"""Keeping deadlines beside what they belong to."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID, uuid5

from sqlalchemy import or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.careplan.domain.deadlines import Deadline, Wait
from services.careplan.storage.deadline_tables import deadline as table

_deadline = table.c


def running_of(session: Session, owner_id: UUID) -> Sequence[Deadline]:
    """The owner's deadlines that have not ended, their rows locked."""
    query = select(Deadline).where(_deadline.owner_id == owner_id, _deadline.ended_on.is_(None)).order_by(_deadline.id)
    return session.execute(query.with_for_update().execution_options(populate_existing=True)).scalars().all()


def begin(
    session: Session, waits: Iterable[Wait], *, owner_id: UUID, client_id: UUID, plan_id: UUID | None, now: datetime
) -> None:
    """Keep new deadlines; one that had ended and is waited for again goes on, and tells nothing twice."""
    for wait in sorted(waits, key=lambda one: (one.subject, one.subject_id, one.due)):
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
        session.execute(insert(table).values(values).on_conflict_do_update(index_elements=key, set_={"ended_on": None}))


def to_tell(session: Session, today: date, horizon: date, limit: int) -> Sequence[Deadline]:
    """Deadlines of which something is to be told, locked; those somebody works on now come next time."""
    something = or_(_deadline.due < today, _deadline.told_approaching.is_(None))
    query = select(Deadline).where(
        _deadline.ended_on.is_(None), _deadline.told_missed.is_(None), _deadline.due <= horizon, something
    )
    return (
        session.execute(query.order_by(_deadline.due, _deadline.id).limit(limit).with_for_update(skip_locked=True))
        .scalars()
        .all()
    )
