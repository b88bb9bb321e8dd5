"""Keeping the copy of an entry of the county's catalogue."""

from sqlalchemy.orm import Session

from services.careplan.domain.neighbours import CatalogueEntry
from services.careplan.storage import copies, neighbours


def keep_catalogue_entry(session: Session, *, entry: CatalogueEntry) -> None:
    """Keep an entry of the county's catalogue, unless a newer version is known."""
    neighbours.keep(
        session, copies.catalogue_copy, {**vars(entry), "arrangements": [one.value for one in entry.arrangements]}
    )
