"""Cancelling a step that has not begun (CHAIN-8)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.careplan.domain.chains.chain_step import ChainStep, ChainStepState
from services.careplan.operations.chains.conclude_step import conclude_step
from services.careplan.operations.chains.load_step import senders_step
from services.chassis.identity import Caller
from sote.careplan.v1.events_pb2 import ChainCancelled


def cancel_chain_step(
    session: Session, *, step_id: UUID, etag: str, reason: str, caller: Caller, now: datetime
) -> ChainStep:
    """Take it back; only the sender knew of a draft, so only a sent one is announced."""
    step = senders_step(session, step_id, etag, caller)
    sent = step.state is not ChainStepState.DRAFT
    step.cancel(reason)
    return conclude_step(session, step, ChainCancelled() if sent else None, now=now)
