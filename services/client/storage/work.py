"""Work items of this service: what waits for a person of the county."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.chassis.database import work_item

CARER_CONTACT = "CARER_CONTACT"
CHOICE_SUPPORT = "CHOICE_SUPPORT"


def open_work(session: Session, *, work_id: UUID, kind: str, subject: str, reason: str, now: datetime) -> None:
    """Open the item unless it is there; `subject` is the resource name of whom a person must look after."""
    values = {"id": work_id, "kind": kind, "subject": subject, "reason": reason, "created_at": now}
    session.execute(insert(work_item).values(**values).on_conflict_do_nothing())


def reopen_work(session: Session, *, work_id: UUID, kind: str, subject: str, reason: str, now: datetime) -> None:
    """Open the item, also one that was done."""
    values = {"id": work_id, "kind": kind, "subject": subject, "reason": reason, "created_at": now}
    again = {"created_at": now, "done_at": None}
    insertion = insert(work_item).values(**values)
    session.execute(
        insertion.on_conflict_do_update(index_elements=["id"], set_=again, where=work_item.c.done_at.is_not(None))
    )


def finish_work(session: Session, work_id: UUID, *, now: datetime) -> None:
    """Nothing is left to do for the item, if it is there."""
    open_item = (work_item.c.id == work_id, work_item.c.done_at.is_(None))
    session.execute(update(work_item).where(*open_item).values(done_at=now))
