"""Committing an accepted transfer: in this step, and no other, the plan changes hands (PLAN-15)."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.careplan.domain.rules import Rules
from services.careplan.domain.transfers.operator_transfer import OperatorTransfer, check_target
from services.careplan.operations.transfers.conclude_transfer import conclude_transfer
from services.careplan.operations.transfers.load_transfer import offered_by
from services.careplan.storage.neighbours.providers import find_provider
from services.chassis.identity import Caller


def commit_operator_transfer(
    session: Session,
    *,
    transfer_id: UUID,
    etag: str,
    rules: Rules,
    caller: Caller,
    now: datetime,
    new_id: Callable[[], UUID],
) -> OperatorTransfer:
    """Hand the plan over; refuses with `StaleOperator` one that changed hands since it was offered."""
    plan, transfer = offered_by(session, transfer_id, etag, caller)
    check_target(transfer.target, find_provider(session, transfer.to_organisation_id), rules)
    transfer.commit(plan, now)
    conclude_transfer(session, plan, transfer, rules=rules, now=now, new_id=new_id)
    return transfer
