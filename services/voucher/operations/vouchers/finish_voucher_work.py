"""A person has looked at a voucher that waited for it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.voucher.domain.vouchers.work import WorkItem, WorkNotFound
from services.voucher.storage.vouchers import work


def finish_voucher_work(session: Session, *, work_id: UUID, now: datetime) -> WorkItem:
    """The open item is done; refuses with WorkNotFound when there is none about a voucher."""
    done = work.finish_work(session, work_id, now=now)
    if done is None:
        raise WorkNotFound("there is no such open item")
    return done
