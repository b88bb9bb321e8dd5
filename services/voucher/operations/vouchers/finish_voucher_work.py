"""A person has looked at a voucher that waited for it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.work import WorkItem, finish_work
from services.voucher.domain.vouchers.work import WorkKind, WorkNotFound


def finish_voucher_work(session: Session, *, work_id: UUID, now: datetime) -> WorkItem:
    """The open item is done; refuses with WorkNotFound when there is none about a voucher."""
    done = finish_work(session, work_id, now=now, kinds=list(WorkKind))
    if done is None:
        raise WorkNotFound("there is no such open item")
    return done
