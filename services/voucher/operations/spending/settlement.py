"""What every verb on a settlement batch shares: its lock."""

from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.etags import check_etag
from services.voucher.domain.spending.settlement import Settlement, SettlementNotFound
from services.voucher.storage.spending import settlement as settlements


def load_settlement(session: Session, settlement_id: UUID, etag: str) -> Settlement:
    """The batch, locked and as the caller saw it; refuses with SettlementNotFound or VersionConflict."""
    batch = settlements.load_settlement(session, settlement_id, lock=True)
    if batch is None:
        raise SettlementNotFound("there is no such settlement")
    check_etag(etag, batch.version)
    return batch
