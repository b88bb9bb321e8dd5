"""Withdrawing a transfer that is not committed (PLAN-15)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.careplan.domain.transfers.operator_transfer import OperatorTransfer
from services.careplan.operations.transfers.load_transfer import offered_by
from services.chassis.identity import Caller


def withdraw_operator_transfer(
    session: Session, *, transfer_id: UUID, etag: str, reason: str, caller: Caller, now: datetime
) -> OperatorTransfer:
    """Take the offer back; an acceptance of it is void."""
    _, transfer = offered_by(session, transfer_id, etag, caller)
    transfer.withdraw(reason, now)
    return transfer
