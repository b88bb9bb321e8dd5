"""Work items: what a process could not finish waits here for a person, in the table that every service has.

`open_work` is for what happens once: an item that is there stays as it is, also when it is done, so that a repeated
fact opens nothing. `reopen_work` is for what may come back (a search, a lack of funds): it opens an item that is done
again. Both leave an open item alone.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.chassis.database import work_item


@dataclass(frozen=True)
class WorkItem:
    """An item; `subject` is the resource name of what a person must look at, `done_at` None while it is open."""

    id: UUID
    kind: str
    subject: str
    reason: str
    created_at: datetime
    done_at: datetime | None


def open_work(session: Session, *, work_id: UUID, kind: str, subject: str, reason: str, now: datetime) -> None:
    """Open the item unless it is there, open or done."""
    values = {"id": work_id, "kind": kind, "subject": subject, "reason": reason, "created_at": now}
    session.execute(insert(work_item).values(**values).on_conflict_do_nothing())


def reopen_work(session: Session, *, work_id: UUID, kind: str, subject: str, reason: str, now: datetime) -> None:
    """Open the item unless it is open; one that is done opens again for this reason, as of now."""
    values = {"id": work_id, "kind": kind, "subject": subject, "reason": reason, "created_at": now}
    again = {"reason": reason, "created_at": now, "done_at": None}
    insertion = insert(work_item).values(**values)
    session.execute(
        insertion.on_conflict_do_update(index_elements=["id"], set_=again, where=work_item.c.done_at.is_not(None))
    )


def finish_work(session: Session, work_id: UUID, *, now: datetime, kinds: Collection[str] = ()) -> WorkItem | None:
    """Finish the open item, of these kinds when some are named; None when there is none."""
    which = [work_item.c.id == work_id, *([work_item.c.kind.in_(kinds)] if kinds else [])]
    done = update(work_item).where(*which, work_item.c.done_at.is_(None)).values(done_at=now)
    row = session.execute(done.returning(work_item)).one_or_none()
    return None if row is None else item_from(row)


def finish_all(session: Session, *which: ColumnElement[bool], now: datetime) -> None:
    """Finish every open item that meets these conditions."""
    session.execute(update(work_item).where(*which, work_item.c.done_at.is_(None)).values(done_at=now))


def open_items(kinds: Collection[str]) -> Select[UUID, str, str, str, datetime, datetime | None]:
    """Open items of these kinds; not yet ordered or cut to a page."""
    return select(work_item).where(work_item.c.kind.in_(kinds), work_item.c.done_at.is_(None))


def item_from(row: Row[UUID, str, str, str, datetime, datetime | None]) -> WorkItem:
    """The item of a row."""
    return WorkItem(*row)
