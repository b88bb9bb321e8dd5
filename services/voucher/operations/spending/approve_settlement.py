"""Approve a settlement batch with other eyes than those that made it (INV-27)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.identity import Caller
from services.chassis.outbox import announce
from services.voucher.domain.spending.settlement import Settlement
from services.voucher.operations.spending.settlement import load_settlement
from services.voucher.storage.spending import settlement as settlements
from services.voucher.wire.spending.settlement import settlement_approved


def approve_settlement(
    session: Session, *, settlement_id: UUID, etag: str, caller: Caller, now: datetime
) -> Settlement:
    """DRAFT -> APPROVED. Refuses with FourEyes whoever made the batch or issued one of its vouchers."""
    batch = load_settlement(session, settlement_id, etag)
    batch.approve(caller.subject, now)
    settlements.save_settlement(session, batch)
    announce(
        session,
        settlement_approved(batch),
        aggregate="settlements",
        aggregate_id=batch.id,
        version=batch.version,
    )
    return batch
