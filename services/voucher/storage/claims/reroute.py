"""Rows of re-routes: the providers vouchers left, and the units held for them."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ColumnElement,
    Date,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    Uuid,
    literal_column,
    or_,
    select,
)
from sqlalchemy.orm import Session

from services.chassis.columns import INSTANT, TableQuery, code
from services.voucher.domain.claims.rerouting import Reroute, RerouteCause
from services.voucher.storage.metadata import METADATA
from services.voucher.storage.vouchers.voucher import REGISTRY

_OPEN: ColumnElement[bool] = literal_column("units_held > units_claimed + units_freed")

reroutes = Table(
    "voucher_reroute",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("voucher_id", Uuid, ForeignKey("voucher.id"), nullable=False),
    Column("provider_id", Uuid, nullable=False),
    Column("unit_id", Uuid),
    Column("contract_id", Uuid, nullable=False),
    Column("agreed_price", BigInteger, nullable=False),
    Column("county_share", BigInteger, nullable=False),
    Column("cause", code(RerouteCause, "cause", length=40), nullable=False),
    Column("chosen_on", Date),
    Column("first_day", Date, nullable=False),
    Column("cut_off", Date, nullable=False),
    Column("claim_until", Date, nullable=False),
    Column("declare_due", Date),
    Column("units_held", Integer, nullable=False),
    Column("units_claimed", Integer, nullable=False),
    Column("units_freed", Integer, nullable=False),
    Column("created_at", INSTANT, nullable=False),
    Column("created_by", Text, nullable=False),
    Column("updated_at", INSTANT, nullable=False),
    Column("version", Integer, nullable=False),
    CheckConstraint(
        "units_claimed >= 0 and units_freed >= 0 and units_claimed + units_freed <= units_held", name="units"
    ),
    CheckConstraint("county_share between 0 and agreed_price", name="share"),
    Index(None, "voucher_id", "created_at"),
    Index(None, "provider_id"),
    Index(None, "contract_id", "chosen_on"),
    Index("ix_voucher_reroute_open", "claim_until", postgresql_where=_OPEN),
    comment="providers that vouchers left, with the units held for their claims (VOUCHER-9); amounts in cents",
)
REGISTRY.map_imperatively(Reroute, reroutes, version_id_col=reroutes.c.version)


def reroutes_of(session: Session, voucher_id: UUID, provider_id: UUID | None = None) -> Sequence[Reroute]:
    """The voucher's re-routes, oldest first; those away from one provider when told. Its row lock guards them."""
    query = select(Reroute).where(reroutes.c.voucher_id == voucher_id)
    if provider_id is not None:
        query = query.where(reroutes.c.provider_id == provider_id)
    return session.scalars(query.order_by(reroutes.c.created_at, reroutes.c.id)).all()


def given_up_by(session: Session, voucher_id: UUID) -> set[UUID]:
    """The providers that gave the voucher's client up, or refused the client's plan (process E)."""
    quit_it = (reroutes.c.voucher_id == voucher_id, reroutes.c.cause == RerouteCause.PROVIDER_QUIT)
    return set(session.scalars(select(reroutes.c.provider_id).where(*quit_it)))


def open_reroutes(session: Session, voucher_id: UUID) -> list[Reroute]:
    """Those of the voucher's re-routes that still hold units."""
    return [reroute for reroute in reroutes_of(session, voucher_id) if reroute.units_open]


def vouchers_to_free(today: date) -> TableQuery:
    """Ids of the vouchers with held units whose time to be claimed or declared is over."""
    r = reroutes.c
    return select(r.voucher_id).where(_OPEN, or_(r.claim_until < today, r.declare_due < today))


def vouchers_with_window(today: date) -> TableQuery:
    """Ids of the vouchers a former provider may still claim on."""
    return select(reroutes.c.voucher_id).where(_OPEN, reroutes.c.claim_until >= today)
