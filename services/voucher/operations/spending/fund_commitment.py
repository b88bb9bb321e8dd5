"""Try again to fund a commitment whose budget line had not enough."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.etags import check_etag
from services.voucher.domain.spending.commitment import Commitment, CommitmentNotFound
from services.voucher.operations.purse.publish_finance import publish_finance
from services.voucher.operations.spending.charge import decide_recorded
from services.voucher.operations.spending.order_service import fund
from services.voucher.storage.spending import commitment as commitments
from services.voucher.storage.spending.work import finish_waiting


def fund_commitment(session: Session, *, commitment_id: UUID, etag: str, now: datetime) -> Commitment:
    """AWAITING_FUNDS -> COMMITTED, then decide what was delivered meanwhile; the work item is done.

    Refuses with CommitmentNotFound, VersionConflict, BudgetExhausted when the line still has not enough, or
    IllegalTransition when it does not await funds.
    """
    commitment = commitments.load_commitment(session, commitment_id, lock=True)
    if commitment is None:
        raise CommitmentNotFound("there is no such commitment")
    check_etag(etag, commitment.version)
    commitment.require("fund")
    fund(session, commitment=commitment, now=now)
    decide_recorded(session, commitment=commitment, now=now)
    finish_waiting(session, commitment.id, now=now)
    publish_finance(session, client_id=commitment.client_id, now=now)
    return commitment
