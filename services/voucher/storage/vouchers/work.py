"""Work items about vouchers: what a timer or a process could not do waits here for a person."""

from datetime import datetime
from uuid import UUID, uuid5

from sqlalchemy import Select, String, cast, func, literal, select
from sqlalchemy.orm import Session

from services.chassis.database import work_item as work_items
from services.chassis.work import finish_all, reopen_work
from services.voucher.domain.vouchers.states import State
from services.voucher.domain.vouchers.voucher import Voucher
from services.voucher.domain.vouchers.work import WorkKind
from services.voucher.storage.vouchers.voucher import vouchers

_SUBJECT = func.concat(literal("vouchers/"), cast(vouchers.c.id, String))


def open_review(session: Session, voucher: Voucher, major: int, *, reason: str, now: datetime) -> None:
    """Ask an official what becomes of a voucher whose plan has another version (PLANBOUND-1)."""
    kind = WorkKind.PLAN_REVIEW
    key = uuid5(voucher.id, f"{kind}/{major}")
    reopen_work(session, work_id=key, kind=kind, subject=f"vouchers/{voucher.id}", reason=reason, now=now)


def finish_reviews(session: Session, voucher_id: UUID, *, now: datetime) -> None:
    """A newer version of the plan takes the place of those a person was to look at."""
    mine = work_items.c.subject == f"vouchers/{voucher_id}"
    finish_all(session, mine, work_items.c.kind == WorkKind.PLAN_REVIEW, now=now)


def open_choice_reminders(session: Session, *, waiting_since: datetime, now: datetime) -> None:
    """An item for each voucher that has waited for its choice since then and has none, done or not, since that time."""
    kind = WorkKind.CHOICE_REMINDER.value
    v = vouchers.c
    reminded = select(work_items.c.id).where(
        work_items.c.subject == _SUBJECT, work_items.c.kind == kind, work_items.c.created_at > v.updated_at
    )
    late = select(v.id).where(v.state == State.ISSUED, v.updated_at <= waiting_since, ~reminded.exists())
    for voucher_id in session.scalars(late.order_by(v.id)):
        key = uuid5(voucher_id, kind)
        subject = f"vouchers/{voucher_id}"
        reopen_work(session, work_id=key, kind=kind, subject=subject, reason="NOT_CHOSEN", now=now)


def finish_choice_reminders(session: Session, *, now: datetime) -> None:
    """Items of vouchers that wait for no choice any more are done."""
    waiting = select(vouchers.c.id).where(work_items.c.subject == _SUBJECT, vouchers.c.state == State.ISSUED)
    finish_all(session, work_items.c.kind == WorkKind.CHOICE_REMINDER, ~waiting.exists(), now=now)


def waiting_vouchers() -> Select[UUID]:
    """Ids of the vouchers that a timer leaves to a person."""
    return (
        select(vouchers.c.id)
        .join(work_items, work_items.c.subject == _SUBJECT)
        .where(work_items.c.kind == WorkKind.STUCK, work_items.c.done_at.is_(None))
    )
