"""Loading the catalogue."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.provider.domain.catalogue import CatalogueEntry, CatalogueService
from services.provider.storage import tables


def for_update(session: Session, service_code: str) -> CatalogueService | None:
    """The entry with this code, its row locked; None when there is none."""
    query = select(CatalogueService).where(tables.catalogue_service.c.service_code == service_code)
    return session.scalar(query.with_for_update())


def entries(session: Session, service_codes: Iterable[str]) -> dict[str, CatalogueEntry]:
    """The entries with these codes, by code; those the catalogue lacks are left out."""
    rows = tables.catalogue_service
    query = select(rows.c.service_code, rows.c.entry).where(rows.c.service_code.in_(list(service_codes)))
    return {row.service_code: row.entry for row in session.execute(query)}
