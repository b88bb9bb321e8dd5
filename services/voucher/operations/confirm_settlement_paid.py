"""The bank paid a settlement batch: its money is spent."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.outbox import announce
from services.voucher.domain.ledger import Source
from services.voucher.domain.settlement import Item, Settlement
from services.voucher.operations.approve_settlement import locked_settlement
from services.voucher.operations.ledger import lock_for, spend
from services.voucher.operations.tell_voucher import publish
from services.voucher.storage import settlement as settlements
from services.voucher.storage.payable import settle_charges, settle_redemptions
from services.voucher.wire.settlement import settlement_paid


def confirm_settlement_paid(
    session: Session, *, settlement_id: UUID, payment_reference: str, etag: str, now: datetime
) -> Settlement:
    """SENT -> PAID: redemptions and charges SETTLED, one SPEND for each voucher and commitment (INV-11)."""
    batch = locked_settlement(session, settlement_id, etag)
    batch.confirm_paid(payment_reference, now)
    settlements.save_settlement(session, batch)
    items = settlements.items_of(session, batch.id)
    settle_charges(session, items, now)
    _spend(session, items, now)
    settle_redemptions(session, items, now)
    announce(session, settlement_paid(batch), aggregate="settlements", aggregate_id=batch.id, version=batch.version)
    for client_id in sorted({item.client_id for item in items}):
        publish(session, client_id, now=now, posted=True)
    return batch


def _spend(session: Session, items: Sequence[Item], now: datetime) -> None:
    amounts: Counter[Source] = Counter()
    for item in items:
        amounts[item.source] += item.amount
    lock_for(session, amounts)
    for source in sorted(amounts, key=lambda one: one.id):
        if amounts[source]:
            spend(session, source=source, amount_cents=amounts[source], now=now)
