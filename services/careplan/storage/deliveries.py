"""Deliveries and deviations: adding up, and what the record shows of them."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.engine import Row
from sqlalchemy.orm import Session

from services.careplan.domain.delivery import Delivery, Deviation
from services.careplan.storage import copies, tables

_delivery, _deviation = tables.delivery.c, tables.deviation.c


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


def on_vouchers(session: Session, client_id: UUID) -> Sequence[Row[Any]]:
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


def lock_voucher(session: Session, voucher_id: UUID) -> None:
    """Let one delivery at a time be counted on a voucher without a plan."""
    table = copies.voucher_copy
    session.execute(select(table.c.voucher_id).where(table.c.voucher_id == voucher_id).with_for_update())


def plan_of_deviation(session: Session, deviation_id: UUID) -> UUID | None:
    """The plan a deviation is from."""
    return session.execute(select(_deviation.plan_id).where(_deviation.id == deviation_id)).scalar_one_or_none()


def deviation(session: Session, deviation_id: UUID) -> Deviation:
    """A deviation that is there, as it stands now; the caller holds the lock of its plan."""
    return session.get_one(Deviation, deviation_id, populate_existing=True)
