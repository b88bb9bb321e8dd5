"""Work items of county finance: commitments that wait for money."""

from datetime import datetime
from uuid import UUID, uuid5

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.chassis.database import work_item

COMMITMENT_AWAITS_FUNDS = "commitment-awaits-funds"


def open_waiting(session: Session, commitment_id: UUID, *, reason: str, now: datetime) -> None:
    """Ask county finance for money for the commitment; asked before, nothing changes."""
    insertion = insert(work_item).values(
        id=uuid5(commitment_id, COMMITMENT_AWAITS_FUNDS),
        kind=COMMITMENT_AWAITS_FUNDS,
        subject=f"commitments/{commitment_id}",
        reason=reason,
        created_at=now,
    )
    session.execute(insertion.on_conflict_do_nothing())


def finish_waiting(session: Session, commitment_id: UUID, *, now: datetime) -> None:
    """The commitment waits no longer; nothing happens when it never did."""
    key = uuid5(commitment_id, COMMITMENT_AWAITS_FUNDS)
    session.execute(update(work_item).where(work_item.c.id == key, work_item.c.done_at.is_(None)).values(done_at=now))
