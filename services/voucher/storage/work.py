"""Work items about vouchers: what a timer could not do waits here for a person."""

from datetime import datetime
from uuid import UUID, uuid5

from sqlalchemy import Select, String, cast, func, literal, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.chassis.database import work_item as work_items
from services.voucher.domain.voucher import Voucher
from services.voucher.storage.voucher import vouchers

STUCK_VOUCHER = "VOUCHER_STUCK"
PLAN_REVIEW = "VOUCHER_PLAN_REVIEW"
CHOICE_REMINDER = "VOUCHER_CHOICE_REMINDER"
VOUCHER_KINDS = (STUCK_VOUCHER, PLAN_REVIEW, CHOICE_REMINDER)


def open_work(session: Session, *, work_id: UUID, kind: str, subject: str, reason: str, now: datetime) -> None:
    """Open the item unless it is open; `subject` is the resource name of what a person must look at."""
    values = {"id": work_id, "kind": kind, "subject": subject, "reason": reason, "created_at": now}
    insertion = insert(work_items).values(**values)
    again = {"reason": reason, "created_at": now, "done_at": None}
    session.execute(
        insertion.on_conflict_do_update(index_elements=["id"], set_=again, where=work_items.c.done_at.is_not(None))
    )


def open_review(session: Session, voucher: Voucher, major: int, *, reason: str, now: datetime) -> None:
    """Ask an official what becomes of a voucher whose plan has another version (N1)."""
    key = uuid5(voucher.id, f"{PLAN_REVIEW}/{major}")
    open_work(session, work_id=key, kind=PLAN_REVIEW, subject=f"vouchers/{voucher.id}", reason=reason, now=now)


def finish_reviews(session: Session, voucher_id: UUID, *, now: datetime) -> None:
    """A newer version of the plan takes the place of those a person was to look at."""
    mine = work_items.c.subject == f"vouchers/{voucher_id}"
    done = update(work_items).where(mine, work_items.c.kind == PLAN_REVIEW, work_items.c.done_at.is_(None))
    session.execute(done.values(done_at=now))


def waiting_vouchers() -> Select[UUID]:
    """Ids of the vouchers that wait for a person."""
    subject = func.concat(literal("vouchers/"), cast(vouchers.c.id, String))
    return (
        select(vouchers.c.id)
        .join(work_items, work_items.c.subject == subject)
        .where(work_items.c.kind == STUCK_VOUCHER, work_items.c.done_at.is_(None))
    )
