"""Copies of care plans, as far as flags follow from them: which services are in force."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import BigInteger, Column, Index, Table, Text, Uuid, func, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from services.chassis.copies import keep_newer
from services.client.storage.metadata import METADATA

plan_copy = Table(
    "plan_copy",
    METADATA,
    Column("plan_id", Uuid, primary_key=True),
    Column("client_id", Uuid, nullable=False),
    Column("service_codes", ARRAY(Text), nullable=False),
    Column("version", BigInteger, nullable=False),
    Index(None, "client_id"),
    comment="services in force in a plan as the careplan service last told; WIDE_RANGE follows from them",
)


def store(session: Session, *, plan_id: UUID, client_id: UUID, service_codes: Collection[str], version: int) -> bool:
    """Take a plan over, unless a newer version is here; whether it was taken."""
    values = {
        "plan_id": plan_id,
        "client_id": client_id,
        "service_codes": sorted(service_codes),
        "version": version,
    }
    return keep_newer(session, plan_copy, values)


def services_in_force(session: Session, client_id: UUID) -> set[str]:
    """Codes of the services in force in the client's plans."""
    query = select(func.unnest(plan_copy.c.service_codes)).where(plan_copy.c.client_id == client_id)
    return set(session.scalars(query))
