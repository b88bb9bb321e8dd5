"""Rows of redemptions: the table, its promises, and how claims are found."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ColumnElement,
    Computed,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    Table,
    Text,
    Uuid,
    and_,
    cast,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.orm import Session

from services.chassis.columns import INSTANT, TableQuery, code, county
from services.voucher.domain.claims.redemption import NOT_COUNTED, UNSETTLED, Redemption, RedemptionState, RejectCode
from services.voucher.storage.claims.paid_delivery import paid_deliveries
from services.voucher.storage.metadata import METADATA
from services.voucher.storage.vouchers.voucher import REGISTRY

_COUNTED: ColumnElement[bool] = literal_column("state not in ('REJECTED', 'REVERSED')")
_PAYER = "case when state not in ('REJECTED', 'REVERSED') then 'REDEMPTION' end"
_PAYABLE: ColumnElement[bool] = literal_column("state = 'ACCEPTED'")

redemptions = Table(
    "redemption",
    METADATA,
    Column("id", Uuid, primary_key=True),
    *county(),
    Column("voucher_id", Uuid, ForeignKey("voucher.id"), nullable=False),
    Column("client_id", Uuid, nullable=False),
    Column("provider_id", Uuid, nullable=False),
    Column("service_code", Text, nullable=False),
    Column("delivery_id", Uuid, nullable=False),
    Column("service_date", Date, nullable=False),
    Column("units", Integer, nullable=False),
    Column("unit_price", BigInteger, nullable=False),
    Column("county_share", BigInteger, nullable=False),
    Column("client_share", BigInteger, nullable=False),
    Column("created_at", INSTANT, nullable=False),
    Column("created_by", Text, nullable=False),
    Column("updated_at", INSTANT, nullable=False),
    Column("state", code(RedemptionState, "state", length=40), nullable=False),
    Column("reject_code", code(RejectCode, "reject_code", length=40)),
    Column("contract_id", Uuid, comment="by which it was accepted"),
    Column("settlement_id", Uuid),
    Column("client_pays", Boolean, nullable=False, comment="the voucher's own, by foreign key (INV-12)"),
    Column("version", Integer, nullable=False),
    Column("payer", Text, Computed(_PAYER, persisted=True)),
    ForeignKeyConstraint(
        ["delivery_id", "payer", "id"],
        [paid_deliveries.c.delivery_id, paid_deliveries.c.payer, paid_deliveries.c.payer_id],
    ),
    ForeignKeyConstraint(["voucher_id", "client_pays"], ["voucher.id", "voucher.client_pays"]),
    CheckConstraint("units > 0", name="units"),
    CheckConstraint("county_share >= 0 and client_share >= 0", name="not_negative"),
    CheckConstraint("county_share + client_share = unit_price * units", name="shares"),
    CheckConstraint("(state = 'REJECTED') = (reject_code is not null)", name="rejected"),
    CheckConstraint("client_share = 0 or client_pays or state = 'REJECTED'", name="client_share"),
    Index("uq_redemption_delivery", "delivery_id", unique=True, postgresql_where=_COUNTED),
    Index(None, "voucher_id", "created_at", "id"),
    Index(None, "provider_id", "created_at", "id"),
    Index(None, "client_id"),
    Index("ix_redemption_payable", "provider_id", "service_date", postgresql_where=_PAYABLE),
    Index(None, "created_at", "id"),
    comment="providers' claims on vouchers (REDEMPTION-1); amounts in cents",
)
REGISTRY.map_imperatively(Redemption, redemptions, version_id_col=redemptions.c.version, exclude_properties=["payer"])


def claimed(session: Session, delivery_id: UUID) -> bool:
    """Whether a claim that counts names the delivery."""
    query = select(redemptions.c.id).where(
        redemptions.c.delivery_id == delivery_id, redemptions.c.state.not_in(NOT_COUNTED)
    )
    return session.execute(query.limit(1)).first() is not None


def locked(session: Session, redemption_id: UUID) -> Redemption:
    """The claim with its row locked; lock its voucher first."""
    return session.get_one(Redemption, redemption_id, with_for_update=True, populate_existing=True)


def correctable(session: Session, voucher_id: UUID) -> Sequence[Redemption]:
    """Claims on a locked voucher that may still be taken back, by day, locked: accepted in no batch yet, and paid."""
    r = redemptions.c
    waiting = and_(r.state == RedemptionState.ACCEPTED, r.settlement_id.is_(None))
    query = select(Redemption).where(r.voucher_id == voucher_id, or_(waiting, r.state == RedemptionState.SETTLED))
    query = query.order_by(r.service_date, r.id).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).all()


def of_client(session: Session, client_id: UUID) -> Sequence[Redemption]:
    """Every claim on the client's vouchers, oldest first."""
    query = select(Redemption).where(redemptions.c.client_id == client_id)
    return session.scalars(query.order_by(redemptions.c.created_at, redemptions.c.id)).all()


def counted_days(session: Session, voucher_id: UUID, provider_id: UUID) -> list[tuple[date, int]]:
    """Day and units of the provider's claims on the voucher that count."""
    query = select(redemptions.c.service_date, redemptions.c.units).where(
        redemptions.c.voucher_id == voucher_id,
        redemptions.c.provider_id == provider_id,
        redemptions.c.state.not_in(NOT_COUNTED),
    )
    return [(row.service_date, row.units) for row in session.execute(query)]


def unsettled_vouchers() -> TableQuery:
    """Ids of the vouchers that have a claim without its end."""
    return select(redemptions.c.voucher_id).where(redemptions.c.state.in_(UNSETTLED))


def unsettled_by_year(session: Session, voucher_id: UUID) -> dict[int, int]:
    """What the county still owes for claims on the voucher that are not paid, in cents, by the year of service."""
    year = cast(func.date_part("year", redemptions.c.service_date), Integer)
    query = (
        select(year, func.sum(redemptions.c.county_share))
        .where(redemptions.c.voucher_id == voucher_id, redemptions.c.state.in_(UNSETTLED))
        .group_by(year)
    )
    return {row[0]: int(row[1]) for row in session.execute(query)}


def states_of(session: Session, voucher_id: UUID) -> frozenset[RedemptionState]:
    """The states the voucher's claims are in."""
    query = select(redemptions.c.state).where(redemptions.c.voucher_id == voucher_id).distinct()
    return frozenset(session.scalars(query))


def selection(*, voucher_id: UUID | None, provider_id: UUID | None, states: Collection[str]) -> TableQuery:
    """Claims by what is given; not yet ordered or cut to a page."""
    query = select(Redemption)
    if voucher_id is not None:
        query = query.where(redemptions.c.voucher_id == voucher_id)
    if provider_id is not None:
        query = query.where(redemptions.c.provider_id == provider_id)
    if states:
        query = query.where(redemptions.c.state.in_([RedemptionState(state) for state in states]))
    return query
