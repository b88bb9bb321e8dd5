"""Give a settlement batch to the bank."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.voucher.domain.spending.settlement import Settlement
from services.voucher.operations.spending.settlement import load_settlement
from services.voucher.storage.spending import settlement as settlements


def send_settlement(session: Session, *, settlement_id: UUID, etag: str, now: datetime) -> Settlement:
    """APPROVED or FAILED -> SENT; nothing is spent before the bank has paid (PROCESS-A14)."""
    batch = load_settlement(session, settlement_id, etag)
    batch.send(now)
    settlements.save_settlement(session, batch)
    return batch
