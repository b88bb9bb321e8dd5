"""Copies of plans with their services, and of deliveries."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Column, Date, Index, Integer, String, Table, Text, Uuid, select
from sqlalchemy.orm import Session

from services.chassis.copies import keep_newer, keep_once, replace_parts
from services.voucher.domain.neighbours.plan import OPEN_PLANS, DeliveryCopy, PlanCopy, PlanServiceCopy
from services.voucher.storage.metadata import METADATA

plans = Table(
    "plan_copy",
    METADATA,
    Column("plan_id", Uuid, primary_key=True),
    Column("client_id", Uuid, nullable=False),
    Column("state", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("major", Integer, nullable=False, server_default="0"),
    Index(None, "client_id"),
)
plan_services = Table(
    "plan_service_copy",
    METADATA,
    Column("plan_service_id", Uuid, primary_key=True),
    Column("plan_id", Uuid, nullable=False),
    Column("client_id", Uuid, nullable=False),
    Column("service_code", Text, nullable=False),
    Column("arrangement", String(40), nullable=False),
    Column("state", Text, nullable=False),
    Column("provider_id", Uuid),
    Column("unit_id", Uuid),
    Column("contract_id", Uuid),
    Column("voucher_id", Uuid),
    Column("enrolment_id", Uuid),
    Column("item_code", Text, nullable=False),
    Column("units", Integer, nullable=False),
    Column("unit", Text, nullable=False),
    Column("units_delivered", Integer, nullable=False),
    Column("from_date", Date),
    Column("to_date", Date),
    Index(None, "plan_id"),
    Index(None, "client_id"),
)
deliveries = Table(
    "delivery_copy",
    METADATA,
    Column("delivery_id", Uuid, primary_key=True),
    Column("client_id", Uuid, nullable=False),
    Column("plan_service_id", Uuid),
    Column("voucher_id", Uuid),
    Column("provider_id", Uuid, nullable=False),
    Column("service_code", Text, nullable=False),
    Column("service_date", Date, nullable=False),
    Column("units", Integer, nullable=False),
    Column("mode", Text, nullable=False, server_default=""),
    Index(None, "voucher_id"),
    Index(None, "plan_service_id"),
)


def keep_plan(session: Session, copy: PlanCopy, services: Sequence[PlanServiceCopy]) -> None:
    """A plan's newest state with its services; an older one changes nothing."""
    if keep_newer(session, plans, vars(copy)):
        replace_parts(session, plan_services, {"plan_id": copy.plan_id}, [dict(vars(service)) for service in services])


def keep_delivery(session: Session, copy: DeliveryCopy) -> None:
    """A recorded delivery."""
    keep_once(session, deliveries, vars(copy))


def find_plan(session: Session, plan_id: UUID) -> PlanCopy | None:
    """The plan, if known here."""
    row = session.execute(select(plans).where(plans.c.plan_id == plan_id)).one_or_none()
    return None if row is None else PlanCopy(**row._mapping)


def open_plan_of(session: Session, client_id: UUID) -> PlanCopy | None:
    """The client's open plan; the newest if more than one is known for a moment."""
    query = select(plans).where(plans.c.client_id == client_id, plans.c.state.in_(OPEN_PLANS))
    row = session.execute(query.order_by(plans.c.version.desc()).limit(1)).one_or_none()
    return None if row is None else PlanCopy(**row._mapping)


def find_plan_service(session: Session, plan_service_id: UUID) -> PlanServiceCopy | None:
    """The planned service, if known here."""
    query = select(plan_services).where(plan_services.c.plan_service_id == plan_service_id)
    row = session.execute(query).one_or_none()
    return None if row is None else PlanServiceCopy(**row._mapping)


def plan_services_for(session: Session, plan_id: UUID, service_code: str) -> list[PlanServiceCopy]:
    """The plan's services of this kind, by id."""
    s = plan_services.c
    query = select(plan_services).where(s.plan_id == plan_id, s.service_code == service_code)
    return [PlanServiceCopy(**row._mapping) for row in session.execute(query.order_by(s.plan_service_id))]


def find_delivery(session: Session, delivery_id: UUID) -> DeliveryCopy | None:
    """The delivery, if known here."""
    row = session.execute(select(deliveries).where(deliveries.c.delivery_id == delivery_id)).one_or_none()
    return None if row is None else DeliveryCopy(**row._mapping)


def deliveries_on(session: Session, *, voucher_id: UUID, plan_service_id: UUID | None) -> list[DeliveryCopy]:
    """Deliveries recorded on the voucher or on its planned service, by day."""
    d = deliveries.c
    here = d.voucher_id == voucher_id
    if plan_service_id is not None:
        here = here | ((d.plan_service_id == plan_service_id) & d.voucher_id.is_(None))
    rows = session.execute(select(deliveries).where(here).order_by(d.service_date, d.delivery_id))
    return [DeliveryCopy(**row._mapping) for row in rows]


def plan_services_of(session: Session, plan_id: UUID) -> list[PlanServiceCopy]:
    """Every service of the plan as last told, by id."""
    query = select(plan_services).where(plan_services.c.plan_id == plan_id)
    rows = session.execute(query.order_by(plan_services.c.plan_service_id))
    return [PlanServiceCopy(**row._mapping) for row in rows]


def deliveries_of_service(session: Session, plan_service_id: UUID) -> list[DeliveryCopy]:
    """What was delivered on a planned service, by day."""
    query = select(deliveries).where(deliveries.c.plan_service_id == plan_service_id)
    rows = session.execute(query.order_by(deliveries.c.service_date, deliveries.c.delivery_id))
    return [DeliveryCopy(**row._mapping) for row in rows]
