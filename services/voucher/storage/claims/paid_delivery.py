"""The one payer of each delivery: a row that claims and charges need as long as they count (INV-06)."""

from uuid import UUID

from sqlalchemy import CheckConstraint, Column, Table, Text, UniqueConstraint, Uuid, delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.voucher.domain.claims.paid_delivery import Payer
from services.voucher.storage.metadata import METADATA

paid_deliveries = Table(
    "paid_delivery",
    METADATA,
    Column("delivery_id", Uuid, primary_key=True),
    Column("payer", Text, nullable=False),
    Column("payer_id", Uuid, nullable=False),
    UniqueConstraint("delivery_id", "payer", "payer_id"),
    CheckConstraint("payer in ('REDEMPTION', 'CHARGE')", name="payer"),
    comment="who pays for a delivery, at most one (INV-06); claims and charges that count refer to their row",
)


def take_delivery(session: Session, delivery_id: UUID, payer: Payer, payer_id: UUID) -> bool:
    """Make this claim or charge the delivery's payer; False when another is already.

    Whoever takes the same delivery at the same time waits here, so take it before money is locked.
    """
    row = insert(paid_deliveries).values(delivery_id=delivery_id, payer=payer.value, payer_id=payer_id)
    taken = row.on_conflict_do_nothing().returning(paid_deliveries.c.delivery_id)
    return session.execute(taken).first() is not None


def free_delivery(session: Session, delivery_id: UUID, payer_id: UUID) -> None:
    """A claim or charge that counts no longer leaves the delivery to another payer."""
    session.flush()
    d = paid_deliveries.c
    session.execute(delete(paid_deliveries).where(d.delivery_id == delivery_id, d.payer_id == payer_id))


def is_paid(session: Session, delivery_id: UUID) -> bool:
    """Whether a claim or charge that counts pays for the delivery."""
    query = select(paid_deliveries.c.delivery_id).where(paid_deliveries.c.delivery_id == delivery_id)
    return session.execute(query).first() is not None
