"""Work items of this service: what waits for a person of the county."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.chassis.database import work_item

CARER_CONTACT = "CARER_CONTACT"


def open_work(session: Session, *, work_id: UUID, kind: str, subject: str, reason: str, now: datetime) -> None:
    """Open the item unless it is there; `subject` is the resource name of whom a person must look after."""
    values = {"id": work_id, "kind": kind, "subject": subject, "reason": reason, "created_at": now}
    session.execute(insert(work_item).values(**values).on_conflict_do_nothing())
