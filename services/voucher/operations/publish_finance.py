"""Publish what of the county's money is bound and spent for one client, as a section of the integrated record."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session


def publish_finance(session: Session, *, client_id: UUID, now: datetime) -> None:
    """Refresh the client's FinanceSection; call it last in every operation that posted to the ledger."""
    raise NotImplementedError
