"""Keeping the copy of a provider with its units."""

from sqlalchemy.orm import Session

from services.careplan.domain.neighbours import KnownProvider
from services.careplan.storage import copies, neighbours


def keep_provider(session: Session, *, provider: KnownProvider) -> None:
    """Keep a provider with its units, unless a newer version is known."""
    neighbours.keep(session, copies.provider_copy, neighbours.provider_values(provider))
