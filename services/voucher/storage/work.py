"""Work items about vouchers: what a timer could not do waits here for a person."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, String, cast, func, literal, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.chassis.database import work_item as work_items
from services.voucher.storage.voucher import vouchers

STUCK_VOUCHER = "VOUCHER_STUCK"


def open_work(session: Session, *, work_id: UUID, kind: str, subject: str, reason: str, now: datetime) -> None:
    """Open the item unless it is there; `subject` is the resource name of what a person must look at."""
    values = {"id": work_id, "kind": kind, "subject": subject, "reason": reason, "created_at": now}
    session.execute(insert(work_items).values(**values).on_conflict_do_nothing())


def waiting_vouchers() -> Select[UUID]:
    """Ids of the vouchers that wait for a person."""
    subject = func.concat(literal("vouchers/"), cast(vouchers.c.id, String))
    return (
        select(vouchers.c.id)
        .join(work_items, work_items.c.subject == subject)
        .where(work_items.c.kind == STUCK_VOUCHER, work_items.c.done_at.is_(None))
    )
