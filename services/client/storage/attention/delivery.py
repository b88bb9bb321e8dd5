"""Deliveries of the last twelve months, as far as FREQUENT_USER counts them: whose and when, nothing else."""

from datetime import date
from uuid import UUID

from sqlalchemy import Column, Date, Index, Table, Uuid, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.client.storage.metadata import METADATA

delivery_copy = Table(
    "delivery_copy",
    METADATA,
    Column("delivery_id", Uuid, primary_key=True),
    Column("client_id", Uuid, nullable=False),
    Column("service_date", Date, nullable=False),
    Index(None, "client_id", "service_date"),
    Index(None, "service_date"),
    comment="deliveries that count for FREQUENT_USER (ATTENTION-1); older ones are forgotten",
)


def store(session: Session, *, delivery_id: UUID, client_id: UUID, service_date: date) -> bool:
    """Take a delivery over once; whether it was taken."""
    values = {"delivery_id": delivery_id, "client_id": client_id, "service_date": service_date}
    insertion = insert(delivery_copy).values(values).on_conflict_do_nothing()
    return session.execute(insertion.returning(delivery_copy.c.delivery_id)).scalar_one_or_none() is not None


def count(session: Session, client_id: UUID, after: date) -> int:
    """How many deliveries the client had after a day."""
    of = delivery_copy.c
    query = select(func.count()).where(of.client_id == client_id, of.service_date > after)
    return session.execute(query).scalar_one()


def owners_of_old(session: Session, until: date, limit: int) -> list[UUID]:
    """Clients with deliveries of a day or before, in the order of locking."""
    of = delivery_copy.c
    query = select(of.client_id).distinct().where(of.service_date <= until).order_by(of.client_id).limit(limit)
    return list(session.scalars(query))


def forget(session: Session, client_id: UUID, until: date) -> None:
    """Delete the client's deliveries of a day or before."""
    of = delivery_copy.c
    session.execute(delete(delivery_copy).where(of.client_id == client_id, of.service_date <= until))


def give(session: Session, client_id: UUID, target_id: UUID) -> None:
    """The deliveries of a client recorded twice are those of the client who stays."""
    session.execute(update(delivery_copy).where(delivery_copy.c.client_id == client_id).values(client_id=target_id))
