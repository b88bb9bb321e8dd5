"""Copies of sanctions that reduce payments."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, Date, Index, Integer, Table, Uuid, select
from sqlalchemy.orm import Session

from services.chassis.copies import keep_newer
from services.voucher.domain.neighbours.provider import SanctionCopy
from services.voucher.domain.spending.settlement import PaymentReduction
from services.voucher.storage.metadata import METADATA

sanctions = Table(
    "sanction_copy",
    METADATA,
    Column("sanction_id", Uuid, primary_key=True),
    Column("contract_id", Uuid, nullable=False),
    Column("percent", Integer, nullable=False),
    Column("first_day", Date),
    Column("last_day", Date),
    Column("version", Integer, nullable=False),
    CheckConstraint("percent between 0 and 100", name="percent"),
    Index(None, "contract_id"),
    comment="sanctions that reduce payments for the days of service told; without days they reduce nothing",
)


def keep_sanction(session: Session, copy: SanctionCopy) -> None:
    """A sanction's newest state."""
    keep_newer(session, sanctions, vars(copy))


def reductions_of(session: Session, contract_ids: Collection[UUID]) -> list[PaymentReduction]:
    """What reduces payments under these contracts, on which days."""
    s = sanctions.c
    query = select(s.contract_id, s.percent, s.first_day, s.last_day).where(
        s.contract_id.in_(contract_ids), s.first_day.is_not(None), s.last_day.is_not(None)
    )
    return [PaymentReduction(**row._mapping) for row in session.execute(query.order_by(s.sanction_id))]
