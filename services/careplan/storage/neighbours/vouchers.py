"""Copies of the voucher service's facts."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Column, Date, Integer, Table, Text, Uuid, select
from sqlalchemy.orm import Session

from services.careplan.domain.neighbours.copies import VoucherCopy
from services.careplan.storage.columns import METADATA
from services.careplan.storage.neighbours.lookup import copy_of

voucher_copy = Table(
    "voucher_copy",
    METADATA,
    Column("voucher_id", Uuid, primary_key=True),
    Column("client_id", Uuid, nullable=False, index=True),
    Column("plan_id", Uuid),
    Column("plan_service_id", Uuid, index=True),
    Column("service_code", Text, nullable=False),
    Column("units_granted", Integer, nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("valid_to", Date, nullable=False),
    Column("provider_id", Uuid),
    Column("unit_id", Uuid),
    Column("contract_id", Uuid),
    Column("state", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("cut_off", Date, comment="its last day of service, before valid_to"),
    comment="vouchers, of the voucher service",
)


def find_voucher(session: Session, voucher_id: UUID) -> VoucherCopy | None:
    """The voucher, if known."""
    row = copy_of(session, voucher_copy, voucher_id)
    return None if row is None else VoucherCopy(**row._mapping)


def has_voucher_in(session: Session, plan_id: UUID, states: Sequence[str]) -> bool:
    """Whether the plan has a voucher in one of these states."""
    table = voucher_copy
    query = select(table.c.voucher_id).where(table.c.plan_id == plan_id, table.c.state.in_(states))
    return session.execute(query.limit(1)).first() is not None


def lock_voucher(session: Session, voucher_id: UUID) -> None:
    """Let one delivery at a time be counted on a voucher without a plan."""
    table = voucher_copy
    session.execute(select(table.c.voucher_id).where(table.c.voucher_id == voucher_id).with_for_update())
