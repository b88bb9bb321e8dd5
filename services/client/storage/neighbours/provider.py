"""Copies of providers with their units; the highest version stays."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import BigInteger, Boolean, Column, Index, Table, Text, Uuid, cast, false, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from services.chassis.copies import keep_newer, replace_parts
from services.client.domain.neighbours import ProviderCopy
from services.client.storage.metadata import METADATA

provider_copy = Table(
    "provider_copy",
    METADATA,
    Column("provider_id", Uuid, primary_key=True),
    Column("county_enterprise", Boolean, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("roles", ARRAY(Text), nullable=False, server_default="{}"),
    comment="providers as the provider service last told",
)
unit_copy = Table(
    "unit_copy",
    METADATA,
    Column("unit_id", Uuid, primary_key=True),
    Column("provider_id", Uuid, nullable=False),
    Column("centre", Boolean, nullable=False, comment="a health and social services centre"),
    Column("dental", Boolean, nullable=False, server_default=false()),
    Column("municipality_code", Text, nullable=False, server_default=""),
    Index(None, "provider_id"),
    comment="service units of the providers",
)


def store_provider(session: Session, provider: ProviderCopy) -> None:
    """Take a provider over with its units, unless a newer version is here."""
    values = {
        "provider_id": provider.provider_id,
        "county_enterprise": provider.county_enterprise,
        "roles": sorted(provider.roles),
        "version": provider.version,
    }
    if keep_newer(session, provider_copy, values):
        parts = [vars(unit) for unit in provider.units]
        replace_parts(session, unit_copy, {"provider_id": provider.provider_id}, parts)


def is_enterprise(session: Session, provider_id: UUID) -> bool | None:
    """Whether the provider is the county enterprise; None when the provider is not known here."""
    query = select(provider_copy.c.county_enterprise).where(provider_copy.c.provider_id == provider_id)
    return session.execute(query).scalar_one_or_none()


def roles(session: Session, controller: str) -> frozenset[str]:
    """The roles of a provider; none for who is not known here as one."""
    query = select(provider_copy.c.roles).where(cast(provider_copy.c.provider_id, Text) == controller)
    return frozenset(session.scalar(query) or ())


def enterprise(session: Session) -> UUID | None:
    """The county enterprise; None while no provider that is one is known here."""
    return session.scalar(select(provider_copy.c.provider_id).where(provider_copy.c.county_enterprise).limit(1))


def centres(session: Session, unit_ids: Iterable[UUID]) -> dict[UUID, bool]:
    """Of the units known here: whether each is a health and social services centre."""
    rows = session.execute(
        select(unit_copy.c.unit_id, unit_copy.c.centre).where(unit_copy.c.unit_id.in_(list(unit_ids)))
    )
    return {row.unit_id: row.centre for row in rows}


def municipality_of(session: Session, unit_id: UUID | None) -> str:
    """Where a unit is; empty for one without a place, or not known here."""
    query = select(unit_copy.c.municipality_code).where(unit_copy.c.unit_id == unit_id)
    return session.execute(query).scalar_one_or_none() or ""
