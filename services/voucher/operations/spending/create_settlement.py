"""Collect what a provider is owed for a period into a batch."""

from datetime import date, datetime
from uuid import UUID, uuid5

from sqlalchemy.orm import Session

from services.chassis.identity import Caller
from services.voucher.domain.claims.redemption import Redemption
from services.voucher.domain.claims.reversal import recoveries
from services.voucher.domain.purse.ledger import Source, SourceKind
from services.voucher.domain.rules import Rules
from services.voucher.domain.spending.settlement import (
    Item,
    ItemKind,
    NothingToSettle,
    Settlement,
    check_period,
    reduced,
)
from services.voucher.storage.claims.reversal import open_reversals
from services.voucher.storage.neighbours.sanction import reductions_of
from services.voucher.storage.spending import settlement as settlements
from services.voucher.storage.spending.settlement_items import claim_items


def create_settlement(
    session: Session,
    *,
    provider_id: UUID,
    period_start: date,
    period_end: date,
    caller: Caller,
    rules: Rules,
    now: datetime,
    new_id: UUID,
) -> Settlement:
    """Collect the provider's accepted redemptions and charges of those days that are in no batch yet (INV-11).

    Sanctions take their part off, and of what is left so much is kept back as the provider owes for reversed payments.
    Refuses with NothingToSettle when there are none, PeriodInverted when the period ends before it starts.
    """
    check_period(period_start, period_end)
    items = claim_items(session, provider_id, period_start, period_end, settlement_id=new_id)
    if not items:
        raise NothingToSettle("the provider has nothing accepted in the period that is not in a batch already")
    contracts = {item.contract_id for item in items if item.contract_id is not None}
    items += reduced(items, reductions_of(session, contracts), most=rules.max_reduction_percent)
    items += _kept_back(session, provider_id, sum(item.amount for item in items), batch_id=new_id, now=now)
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


def _kept_back(session: Session, provider_id: UUID, room: int, *, batch_id: UUID, now: datetime) -> list[Item]:
    """The lines that recover reversed payments, as far as the batch pays anything."""
    owed = open_reversals(session, provider_id)
    lines: list[Item] = []
    for reversal, cents in recoveries(owed, room):
        reversal.recover(cents, now=now)
        lines.append(_recovery(owed[reversal], uuid5(reversal.id, str(batch_id)), cents))
    session.flush()
    return lines


def _recovery(claim: Redemption, line_id: UUID, cents: int) -> Item:
    return Item(
        id=line_id,
        kind=ItemKind.REVERSAL,
        source=Source(SourceKind.VOUCHER, claim.voucher_id),
        client_id=claim.client_id,
        delivery_id=claim.delivery_id,
        service_code=claim.service_code,
        service_date=claim.service_date,
        units=claim.units,
        amount=-cents,
        issuer="",
    )
