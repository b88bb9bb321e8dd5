"""The bank could not pay a settlement batch."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.outbox import announce
from services.voucher.domain.spending.settlement import Settlement
from services.voucher.operations.spending.settlement import load_settlement
from services.voucher.storage.spending import settlement as settlements
from services.voucher.wire.spending.settlement import settlement_failed


def fail_settlement(
    session: Session, *, settlement_id: UUID, failure_code: str, etag: str, now: datetime
) -> Settlement:
    """SENT -> FAILED; nothing is spent, and the batch can be sent again (PROCESS-A14)."""
    batch = load_settlement(session, settlement_id, etag)
    batch.fail(failure_code, now)
    settlements.save_settlement(session, batch)
    announce(session, settlement_failed(batch), aggregate="settlements", aggregate_id=batch.id, version=batch.version)
    return batch
