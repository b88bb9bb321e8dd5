"""Copies of the entries of the county's catalogue."""

from collections.abc import Iterable

from sqlalchemy import BigInteger, Column, Table, Text, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from services.chassis.copies import keep_newer
from services.client.domain.neighbours import CatalogueService
from services.client.storage.metadata import METADATA
from services.kernel.care import Arrangement, Sector

catalogue_copy = Table(
    "catalogue_copy",
    METADATA,
    Column("service_code", Text, primary_key=True),
    Column("sector", Text, nullable=False),
    Column("task", Text, nullable=False),
    Column("arrangements", ARRAY(Text), nullable=False),
    Column("version", BigInteger, nullable=False),
    comment="the county's catalogue as the provider service last told",
)


def store_service(session: Session, service: CatalogueService, *, version: int) -> None:
    """Take an entry of the catalogue over, unless a newer version is here."""
    values = {
        "service_code": service.code,
        "sector": service.sector.value if service.sector else "",
        "task": service.task,
        "arrangements": sorted(arrangement.value for arrangement in service.arrangements),
        "version": version,
    }
    keep_newer(session, catalogue_copy, values)


def services(session: Session, codes: Iterable[str]) -> dict[str, CatalogueService]:
    """The entries of the catalogue with these codes; those that are not there are left out."""
    rows = session.execute(select(catalogue_copy).where(catalogue_copy.c.service_code.in_(list(codes))))
    return {
        row.service_code: CatalogueService(
            row.service_code,
            Sector(row.sector) if row.sector else None,
            row.task,
            frozenset(Arrangement(arrangement) for arrangement in row.arrangements),
        )
        for row in rows
    }
