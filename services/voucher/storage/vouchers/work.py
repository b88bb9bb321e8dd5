"""Work items about vouchers: what a timer or a process could not do waits here for a person."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import Row, Select, String, cast, func, literal, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.chassis.database import work_item as work_items
from services.voucher.domain.vouchers.states import State
from services.voucher.domain.vouchers.voucher import Voucher
from services.voucher.domain.vouchers.work import WorkItem, WorkKind
from services.voucher.storage.vouchers.voucher import vouchers

_SUBJECT = func.concat(literal("vouchers/"), cast(vouchers.c.id, String))


def open_work(session: Session, *, work_id: UUID, kind: str, subject: str, reason: str, now: datetime) -> None:
    """Open the item unless it is open; `subject` is the resource name of what a person must look at."""
    values = {"id": work_id, "kind": kind, "subject": subject, "reason": reason, "created_at": now}
    insertion = insert(work_items).values(**values)
    again = {"reason": reason, "created_at": now, "done_at": None}
    session.execute(
        insertion.on_conflict_do_update(index_elements=["id"], set_=again, where=work_items.c.done_at.is_not(None))
    )


def open_review(session: Session, voucher: Voucher, major: int, *, reason: str, now: datetime) -> None:
    """Ask an official what becomes of a voucher whose plan has another version (PLANBOUND-1)."""
    kind = WorkKind.PLAN_REVIEW
    key = uuid5(voucher.id, f"{kind}/{major}")
    open_work(session, work_id=key, kind=kind, subject=f"vouchers/{voucher.id}", reason=reason, now=now)


def finish_reviews(session: Session, voucher_id: UUID, *, now: datetime) -> None:
    """A newer version of the plan takes the place of those a person was to look at."""
    mine = work_items.c.subject == f"vouchers/{voucher_id}"
    done = update(work_items).where(mine, work_items.c.kind == WorkKind.PLAN_REVIEW, work_items.c.done_at.is_(None))
    session.execute(done.values(done_at=now))


def open_choice_reminders(session: Session, *, waiting_since: datetime, now: datetime) -> None:
    """An item for each voucher that has waited for its choice since then and has none, done or not, since that time."""
    kind = WorkKind.CHOICE_REMINDER.value
    v = vouchers.c
    told = select(work_items.c.id).where(
        work_items.c.subject == _SUBJECT, work_items.c.kind == kind, work_items.c.created_at > v.updated_at
    )
    late = select(v.id).where(v.state == State.ISSUED, v.updated_at <= waiting_since, ~told.exists())
    for voucher_id in session.scalars(late.order_by(v.id)):
        key = uuid5(voucher_id, kind)
        subject = f"vouchers/{voucher_id}"
        open_work(session, work_id=key, kind=kind, subject=subject, reason="NOT_CHOSEN", now=now)


def finish_choice_reminders(session: Session, *, now: datetime) -> None:
    """Items of vouchers that wait for no choice any more are done."""
    waiting = select(vouchers.c.id).where(work_items.c.subject == _SUBJECT, vouchers.c.state == State.ISSUED)
    open_ones = (work_items.c.kind == WorkKind.CHOICE_REMINDER, work_items.c.done_at.is_(None))
    session.execute(update(work_items).where(*open_ones, ~waiting.exists()).values(done_at=now))


def waiting_vouchers() -> Select[UUID]:
    """Ids of the vouchers that a timer leaves to a person."""
    return (
        select(vouchers.c.id)
        .join(work_items, work_items.c.subject == _SUBJECT)
        .where(work_items.c.kind == WorkKind.STUCK, work_items.c.done_at.is_(None))
    )


def open_items(kind: str) -> Select[Any]:
    """Open items about vouchers, of one kind when told; not yet ordered or cut to a page."""
    kinds = [kind] if kind else list(WorkKind)
    return select(work_items).where(work_items.c.kind.in_(kinds), work_items.c.done_at.is_(None))


def finish_work(session: Session, work_id: UUID, *, now: datetime) -> WorkItem | None:
    """The open item about a voucher, done now; None when there is none."""
    mine = (work_items.c.id == work_id, work_items.c.kind.in_(list(WorkKind)), work_items.c.done_at.is_(None))
    done = update(work_items).where(*mine).values(done_at=now).returning(work_items)
    row = session.execute(done).one_or_none()
    return None if row is None else item_from(row)


def item_from(row: Row[Any]) -> WorkItem:
    """The item a row holds."""
    voucher_id = UUID(row.subject.removeprefix("vouchers/"))
    return WorkItem(row.id, WorkKind(row.kind), voucher_id, row.reason, row.created_at, row.done_at)
