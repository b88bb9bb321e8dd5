"""Collect what a provider is owed for a period into a batch."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.identity import Caller
from services.voucher.domain.settlement import NothingToSettle, Settlement, check_period
from services.voucher.storage import settlement as settlements
from services.voucher.storage.payable import claim_items


def create_settlement(
    session: Session,
    *,
    provider_id: UUID,
    period_start: date,
    period_end: date,
    caller: Caller,
    now: datetime,
    new_id: UUID,
) -> Settlement:
    """Collect the provider's accepted redemptions and charges of those days that are in no batch yet (INV-11).

    Refuses with NothingToSettle when there are none, PeriodInverted when the period ends before it starts.
    """
    check_period(period_start, period_end)
    items = claim_items(session, provider_id, period_start, period_end, settlement_id=new_id)
    if not items:
        raise NothingToSettle("the provider has nothing accepted in the period that is not in a batch already")
    batch = Settlement(
        id=new_id,
        county=caller.county,
        provider_id=provider_id,
        period_start=period_start,
        period_end=period_end,
        created_by=caller.subject,
        created_at=now,
        updated_at=now,
        total=sum(item.amount for item in items),
        item_count=len(items),
    )
    settlements.add_settlement(session, batch, items)
    return batch
