"""Rows of settlement batches and their items."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    Uuid,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from services.chassis.columns import INSTANT, TableRow
from services.voucher.domain.purse.ledger import Source, SourceKind
from services.voucher.domain.purse.proof import BatchSums
from services.voucher.domain.spending.settlement import Item, ItemKind, Settlement, SettlementState
from services.voucher.storage.metadata import METADATA

settlements = Table(
    "settlement",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("county_scheme", Text, nullable=False),
    Column("county_code", Text, nullable=False),
    Column("provider_id", Uuid, nullable=False),
    Column("period_start", Date, nullable=False),
    Column("period_end", Date, nullable=False),
    Column("state", Text, nullable=False),
    Column("total", BigInteger, nullable=False),
    Column("item_count", Integer, nullable=False),
    Column("created_by", Text, nullable=False),
    Column("approved_by", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("payment_reference", Text, nullable=False),
    Column("failure_code", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("created_at", INSTANT, nullable=False),
    Column("updated_at", INSTANT, nullable=False),
    CheckConstraint("state in ('DRAFT', 'APPROVED', 'SENT', 'PAID', 'FAILED')", name="state"),
    CheckConstraint("total >= 0", name="total"),
    CheckConstraint("item_count > 0", name="item_count"),
    CheckConstraint("period_start <= period_end", name="period"),
    CheckConstraint("approved_by <> created_by", name="four_eyes"),
    CheckConstraint("(state = 'DRAFT') = (approved_by = '')", name="approved"),
    CheckConstraint("(state = 'PAID') = (payment_reference <> '')", name="paid"),
    Index(None, "created_at", "id"),
    Index(None, "provider_id", "created_at", "id"),
    comment="what is paid to one provider for one period, in cents (PROCESS-A14, INV-27)",
)
items = Table(
    "settlement_item",
    METADATA,
    Column("kind", Text, primary_key=True),
    Column("item_id", Uuid, primary_key=True),
    Column("settlement_id", Uuid, ForeignKey("settlement.id"), nullable=False),
    Column("source_type", Text, nullable=False),
    Column("source_id", Uuid, nullable=False),
    Column("client_id", Uuid, nullable=False),
    Column("delivery_id", Uuid, nullable=False),
    Column("service_code", Text, nullable=False),
    Column("service_date", Date, nullable=False),
    Column("units", Integer, nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("issuer", Text, nullable=False),
    Column("created_at", INSTANT, nullable=False),
    CheckConstraint("kind in ('REDEMPTION', 'CHARGE', 'REDUCTION', 'REVERSAL')", name="kind"),
    CheckConstraint("case when kind in ('REDUCTION', 'REVERSAL') then amount < 0 else amount >= 0 end", name="amount"),
    Index(None, "settlement_id", "created_at", "item_id"),
    comment="redemptions and charges of a batch, and what it keeps back; the key keeps each in one batch only (INV-11)",
)


def add_settlement(session: Session, batch: Settlement, members: Sequence[Item]) -> None:
    """Store a new batch with its items as version 1."""
    scheme, code = batch.county.split(":")
    batch.version = 1
    session.execute(
        insert(settlements).values(
            id=batch.id,
            county_scheme=scheme,
            county_code=code,
            provider_id=batch.provider_id,
            period_start=batch.period_start,
            period_end=batch.period_end,
            total=batch.total,
            item_count=batch.item_count,
            created_by=batch.created_by,
            created_at=batch.created_at,
            **_state(batch),
            version=1,
        )
    )
    session.execute(insert(items), [_item_values(batch, item) for item in members])


def load_settlement(session: Session, settlement_id: UUID, *, lock: bool = False) -> Settlement | None:
    """The batch with the issuers of its vouchers, locked for a change when asked; None when there is none."""
    query = select(settlements).where(settlements.c.id == settlement_id)
    row = session.execute(query.with_for_update() if lock else query).one_or_none()
    if row is None:
        return None
    batch = settlement_from(row)
    issued = select(items.c.issuer).where(items.c.settlement_id == settlement_id, items.c.issuer != "").distinct()
    batch.issuers = frozenset(session.execute(issued).scalars())
    return batch


def save_settlement(session: Session, batch: Settlement) -> None:
    """Store the state as the version after the one loaded; StaleDataError when another was faster."""
    changed = session.execute(
        update(settlements)
        .where(settlements.c.id == batch.id, settlements.c.version == batch.version)
        .values(**_state(batch), version=batch.version + 1)
        .returning(settlements.c.version)
    ).scalar_one_or_none()
    if changed is None:
        raise StaleDataError
    batch.version = changed


def items_of(session: Session, settlement_id: UUID) -> list[Item]:
    """The batch's items, by source."""
    query = select(items).where(items.c.settlement_id == settlement_id)
    return [item_from(row) for row in session.execute(query.order_by(items.c.source_id, items.c.item_id))]


def batch_sums(session: Session) -> list[BatchSums]:
    """Each batch's total beside the sum of its items, for the proof."""
    total = func.coalesce(func.sum(items.c.amount), 0)
    query = (
        select(settlements.c.id, settlements.c.state, settlements.c.total, total.label("items"))
        .outerjoin(items, items.c.settlement_id == settlements.c.id)
        .group_by(settlements.c.id)
    )
    return [
        BatchSums(row.id, row.state == SettlementState.PAID.value, row.total, int(row.items))
        for row in session.execute(query)
    ]


def reduced_by(session: Session, item_id: UUID) -> int:
    """What a sanction took off the payment of a redemption or charge, in cents."""
    query = select(items.c.amount).where(items.c.item_id == item_id, items.c.kind == ItemKind.REDUCTION.value)
    return -(session.execute(query).scalar_one_or_none() or 0)


def settlement_from(row: TableRow) -> Settlement:
    """The batch a row of `settlements` holds."""
    return Settlement(
        id=row.id,
        county=f"{row.county_scheme}:{row.county_code}",
        provider_id=row.provider_id,
        period_start=row.period_start,
        period_end=row.period_end,
        created_by=row.created_by,
        created_at=row.created_at,
        updated_at=row.updated_at,
        total=row.total,
        item_count=row.item_count,
        state=SettlementState(row.state),
        approved_by=row.approved_by,
        attempts=row.attempts,
        payment_reference=row.payment_reference,
        failure_code=row.failure_code,
        version=row.version,
    )


def item_from(row: TableRow) -> Item:
    """The item a row of `items` holds."""
    return Item(
        id=row.item_id,
        kind=ItemKind(row.kind),
        source=Source(SourceKind(row.source_type), row.source_id),
        client_id=row.client_id,
        delivery_id=row.delivery_id,
        service_code=row.service_code,
        service_date=row.service_date,
        units=row.units,
        amount=row.amount,
        issuer=row.issuer,
    )


def _state(batch: Settlement) -> dict[str, object]:
    return {
        "state": batch.state.value,
        "approved_by": batch.approved_by,
        "attempts": batch.attempts,
        "payment_reference": batch.payment_reference,
        "failure_code": batch.failure_code,
        "updated_at": batch.updated_at,
    }


def _item_values(batch: Settlement, item: Item) -> dict[str, object]:
    return {
        "kind": item.kind.value,
        "item_id": item.id,
        "settlement_id": batch.id,
        "source_type": item.source.kind.value,
        "source_id": item.source.id,
        "client_id": item.client_id,
        "delivery_id": item.delivery_id,
        "service_code": item.service_code,
        "service_date": item.service_date,
        "units": item.units,
        "amount": item.amount,
        "issuer": item.issuer,
        "created_at": batch.created_at,
    }
