"""Accepting or declining a plan that is offered (PLAN-15)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.careplan.domain.transfers.operator_transfer import OperatorTransfer
from services.careplan.operations.transfers.load_transfer import offered_to
from services.chassis.identity import Caller


def accept_operator_transfer(
    session: Session, *, transfer_id: UUID, etag: str, caller: Caller, now: datetime
) -> OperatorTransfer:
    """Say, for the caller's organisation, that it is ready; the plan stays with the offering one until it commits."""
    plan, transfer = offered_to(session, transfer_id, etag, caller)
    plan.require("transfer_operator")
    transfer.accept(now)
    return transfer


def decline_operator_transfer(
    session: Session, *, transfer_id: UUID, etag: str, reason: str, caller: Caller, now: datetime
) -> OperatorTransfer:
    """Say no, for the caller's organisation."""
    _, transfer = offered_to(session, transfer_id, etag, caller)
    transfer.decline(reason, now)
    return transfer
