"""When the flags of a client may change by time alone: the day after a service that counts is over."""

from datetime import date
from uuid import UUID

from sqlalchemy import Column, Date, ForeignKey, Index, Table, Uuid, delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.client.storage.metadata import METADATA

attention_review = Table(
    "attention_review",
    METADATA,
    Column("client_id", Uuid, ForeignKey("client.id"), primary_key=True),
    Column("due_date", Date, nullable=False),
    Index(None, "due_date"),
    comment="when WIDE_RANGE is derived anew although nobody did anything (ATTENTION-2)",
)


def put(session: Session, client_id: UUID, due: date | None) -> None:
    """Note when to look again; None: no need."""
    if due is None:
        session.execute(delete(attention_review).where(attention_review.c.client_id == client_id))
        return
    insertion = insert(attention_review).values(client_id=client_id, due_date=due)
    session.execute(insertion.on_conflict_do_update(index_elements=["client_id"], set_={"due_date": due}))


def due(session: Session, today: date, limit: int) -> list[UUID]:
    """Clients to look at today, in the order of locking."""
    of = attention_review.c
    return list(session.scalars(select(of.client_id).where(of.due_date <= today).order_by(of.client_id).limit(limit)))
