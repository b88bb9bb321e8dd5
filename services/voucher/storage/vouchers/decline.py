"""Rows of declines: who would not take a voucher on, and is not offered for it again (VOUCHER-6, PROCESS-E2)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, ForeignKey, Table, Uuid, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.chassis.columns import INSTANT, code
from services.voucher.domain.vouchers.reasons import DeclineReason
from services.voucher.storage.metadata import METADATA
from services.voucher.storage.vouchers.voucher import vouchers

declines = Table(
    "voucher_decline",
    METADATA,
    Column("voucher_id", Uuid, ForeignKey(vouchers.c.id), primary_key=True),
    Column("provider_id", Uuid, primary_key=True),
    Column("reason", code(DeclineReason, "reason", length=40), nullable=False),
    Column("declined_at", INSTANT, nullable=False),
    comment="providers that declined a voucher, or did not accept it in time, each with its first refusal",
)


def add_decline(session: Session, voucher_id: UUID, provider_id: UUID, reason: DeclineReason, now: datetime) -> None:
    """Note that the provider declined; a second time changes nothing."""
    values = {"voucher_id": voucher_id, "provider_id": provider_id, "reason": reason, "declined_at": now}
    session.execute(insert(declines).values(**values).on_conflict_do_nothing())


def declined_by(session: Session, voucher_id: UUID) -> set[UUID]:
    """The providers that declined the voucher."""
    return set(session.scalars(select(declines.c.provider_id).where(declines.c.voucher_id == voucher_id)))
