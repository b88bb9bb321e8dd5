"""Rows of reversals: payments taken back, and what later batches kept back of them."""

from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    Uuid,
    literal_column,
    select,
)
from sqlalchemy.orm import Session

from services.chassis.columns import INSTANT, code
from services.voucher.domain.claims.redemption import Redemption
from services.voucher.domain.claims.reversal import Reversal, ReversalReason
from services.voucher.storage.claims.redemption import redemptions
from services.voucher.storage.metadata import METADATA
from services.voucher.storage.vouchers.voucher import REGISTRY

_OPEN: ColumnElement[bool] = literal_column("recovered < cents")

reversals = Table(
    "reversal",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("redemption_id", Uuid, ForeignKey("redemption.id"), nullable=False, unique=True),
    Column("voucher_id", Uuid, ForeignKey("voucher.id"), nullable=False),
    Column("client_id", Uuid, nullable=False),
    Column("provider_id", Uuid, nullable=False),
    Column("reason", code(ReversalReason, "reason", length=40), nullable=False),
    Column("cents", BigInteger, nullable=False),
    Column("created_at", INSTANT, nullable=False),
    Column("created_by", Text, nullable=False),
    Column("updated_at", INSTANT, nullable=False),
    Column("recovered", BigInteger, nullable=False),
    Column("version", Integer, nullable=False),
    CheckConstraint("cents >= 0", name="cents"),
    CheckConstraint("recovered between 0 and cents", name="recovered"),
    Index(None, "voucher_id"),
    Index(None, "created_at", "id"),
    Index(None, "provider_id", "created_at", "id"),
    Index("ix_reversal_open", "provider_id", "created_at", "id", postgresql_where=_OPEN),
    comment="corrections of claims that were paid in error, each claim once; cents",
)
REGISTRY.map_imperatively(Reversal, reversals, version_id_col=reversals.c.version)


def open_reversals(session: Session, provider_id: UUID) -> dict[Reversal, Redemption]:
    """What the provider still owes, oldest first, with the claims it was paid for.

    Locked: who collects at the same time waits and sees what is left then.
    """
    query = (
        select(Reversal, Redemption)
        .join(redemptions, redemptions.c.id == reversals.c.redemption_id)
        .where(reversals.c.provider_id == provider_id, reversals.c.recovered < reversals.c.cents)
        .order_by(reversals.c.created_at, reversals.c.id)
        .with_for_update(of=reversals)
    )
    rows = session.execute(query.execution_options(populate_existing=True))
    return {row[0]: row[1] for row in rows}
