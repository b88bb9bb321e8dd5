"""Deliveries and deviations: adding up, and what the record shows of them."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    func,
    select,
    text,
)
from sqlalchemy.orm import Session

from services.careplan.domain.deliveries.delivery import (
    Delivery,
    Deviation,
    DeviationCause,
    DeviationKind,
    DeviationState,
)
from services.careplan.storage.columns import MAPPER, METADATA
from services.chassis.columns import INSTANT, TableRow, code
from services.kernel.care import DeliveryMode

delivery_table = Table(
    "delivery",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("county_scheme", Text, nullable=False),
    Column("county_code", Text, nullable=False),
    Column("client_id", Uuid, nullable=False),
    Column("plan_id", Uuid, ForeignKey("plan.id")),
    Column("plan_service_id", Uuid, ForeignKey("plan_service.id"), index=True),
    Column("voucher_id", Uuid, index=True),
    Column("provider_id", Uuid, nullable=False),
    Column("service_code", Text, nullable=False),
    Column("service_date", Date, nullable=False),
    Column("units", Integer, CheckConstraint("units > 0", name="units"), nullable=False),
    Column("mode", code(DeliveryMode, "mode", length=30), nullable=False),
    Column("place", Text, nullable=False),
    Column("performer_title", Text, nullable=False),
    Column("external_ref", Text, nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("conforms", Boolean, nullable=False),
    Column("early", Boolean, nullable=False),
    Column("created_at", INSTANT, nullable=False),
    Column("created_by", Text, nullable=False),
    Index("ix_delivery_client_id_created_at_id", "client_id", "created_at", "id"),
    Index("ix_delivery_outside_plans", "client_id", postgresql_where=text("plan_id IS NULL")),
    Index(
        "uq_delivery_external_ref",
        "provider_id",
        "external_ref",
        unique=True,
        postgresql_where=text("external_ref <> ''"),
    ),
    comment="a service that was given",
)

deviation_table = Table(
    "deviation",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("delivery_id", Uuid, ForeignKey("delivery.id"), nullable=False),
    Column("plan_id", Uuid, ForeignKey("plan.id"), nullable=False, index=True),
    Column("client_id", Uuid, nullable=False),
    Column("plan_service_id", Uuid, ForeignKey("plan_service.id")),
    Column("provider_id", Uuid, nullable=False),
    Column("service_code", Text, nullable=False),
    Column("service_date", Date, nullable=False),
    Column("kind", code(DeviationKind, "kind", length=30), nullable=False),
    Column("cause", code(DeviationCause, "cause", length=30)),
    Column("state", code(DeviationState, "state", length=30), nullable=False),
    Column("created_at", INSTANT, nullable=False),
    Column("contract_id", Uuid, index=True),
    Column("judgement", Text, nullable=False, server_default=""),
    Column("plan_change", Boolean, nullable=False, server_default=text("false")),
    Column("judged_at", INSTANT),
    Column("judged_by", Text, nullable=False, server_default=""),
    UniqueConstraint("delivery_id"),
    comment="a delivery that was not as planned (S1.27)",
)

MAPPER.map_imperatively(Delivery, delivery_table)
MAPPER.map_imperatively(Deviation, deviation_table)
_delivery, _deviation = delivery_table.c, deviation_table.c


def units_on_voucher(session: Session, voucher_id: UUID) -> int:
    """Units delivered so far on a voucher without a plan, as the voucher says."""
    query = select(func.coalesce(func.sum(_delivery.units), 0)).where(
        _delivery.voucher_id == voucher_id, _delivery.plan_id.is_(None), _delivery.conforms
    )
    return int(session.execute(query).scalar_one())


def known_reference(session: Session, provider_id: UUID, external_ref: str) -> bool:
    """Whether the provider recorded a delivery with this reference before."""
    query = select(_delivery.id).where(_delivery.provider_id == provider_id, _delivery.external_ref == external_ref)
    return session.execute(query).first() is not None


def conforming_since(session: Session, plan_service_id: UUID, day: date) -> Sequence[Delivery]:
    """What was delivered on a planned service, as planned, from a day on."""
    query = select(Delivery).where(
        _delivery.plan_service_id == plan_service_id, _delivery.service_date >= day, _delivery.conforms
    )
    return session.execute(query.order_by(_delivery.service_date, _delivery.id)).scalars().all()


def deviations_of(session: Session, plan_id: UUID, limit: int) -> Sequence[Deviation]:
    """The newest deviations from a plan, newest first."""
    query = select(Deviation).where(_deviation.plan_id == plan_id)
    return session.execute(query.order_by(_deviation.created_at.desc(), _deviation.id).limit(limit)).scalars().all()


def on_vouchers(session: Session, client_id: UUID) -> Sequence[TableRow]:
    """A client's deliveries outside any plan, added up by voucher, service and provider."""
    key = (_delivery.voucher_id, _delivery.service_code, _delivery.provider_id)
    units, last = func.sum(_delivery.units).label("units"), func.max(_delivery.service_date).label("last")
    query = select(*key, func.count().label("deliveries"), units, last)
    query = query.where(_delivery.client_id == client_id, _delivery.plan_id.is_(None))
    return session.execute(query.group_by(*key).order_by(*key)).all()


def days_of(session: Session, client_id: UUID, codes: Collection[str]) -> dict[str, list[date]]:
    """The days on which these services were given to a client as they should be."""
    query = select(_delivery.service_code, _delivery.service_date).distinct()
    query = query.where(_delivery.client_id == client_id, _delivery.service_code.in_(codes), _delivery.conforms)
    found: dict[str, list[date]] = {}
    for row in session.execute(query):
        found.setdefault(row.service_code, []).append(row.service_date)
    return found


def plan_of_deviation(session: Session, deviation_id: UUID) -> UUID | None:
    """The plan a deviation is from."""
    return session.execute(select(_deviation.plan_id).where(_deviation.id == deviation_id)).scalar_one_or_none()


def deviation(session: Session, deviation_id: UUID) -> Deviation:
    """An existing deviation as it is now; the caller holds the lock of its plan."""
    return session.get_one(Deviation, deviation_id, populate_existing=True)
