"""Publish what of the county's money is bound and spent for one client, as a section of the integrated record."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.sections import publish_section
from services.voucher.storage.purse.client_finance import finance_of
from services.voucher.wire.purse.budget import finance


def publish_finance(session: Session, *, client_id: UUID, now: datetime) -> None:
    """Refresh the client's FinanceSection; call it last in every operation that posted to the ledger."""
    publish_section(
        session, client_id=client_id, section=lambda: finance(client_id, finance_of(session, client_id)), now=now
    )
