"""Work items of county finance: commitments that wait for money."""

from datetime import datetime
from uuid import UUID, uuid5

from sqlalchemy import update
from sqlalchemy.orm import Session

from services.chassis.database import work_item
from services.voucher.storage.work import open_work

COMMITMENT_AWAITS_FUNDS = "commitment-awaits-funds"


def open_waiting(session: Session, commitment_id: UUID, *, reason: str, now: datetime) -> None:
    """Ask county finance for money for the commitment; asked before, nothing changes."""
    key = uuid5(commitment_id, COMMITMENT_AWAITS_FUNDS)
    subject = f"commitments/{commitment_id}"
    open_work(session, work_id=key, kind=COMMITMENT_AWAITS_FUNDS, subject=subject, reason=reason, now=now)


def finish_waiting(session: Session, commitment_id: UUID, *, now: datetime) -> None:
    """The commitment waits no longer; nothing happens when it never did."""
    key = uuid5(commitment_id, COMMITMENT_AWAITS_FUNDS)
    session.execute(update(work_item).where(work_item.c.id == key, work_item.c.done_at.is_(None)).values(done_at=now))
