"""What the target does with a step it accepted, up to the word to the sender that closes the loop
(CHAIN-6, CHAIN-7)."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.careplan.domain.chains.chain_step import ChainStep
from services.careplan.operations.chains.conclude_step import conclude_step
from services.careplan.operations.chains.load_step import targets_step
from services.chassis.clock import helsinki_date
from services.chassis.identity import Caller
from sote.careplan.v1.events_pb2 import ChainClosed, ChainCompleted, ChainScheduled, ChainStarted


def schedule_chain_step(
    session: Session, *, step_id: UUID, etag: str, planned_date: date, caller: Caller, now: datetime
) -> ChainStep:
    """Fix the day."""
    step = targets_step(session, step_id, etag, caller)
    step.plan_for("schedule", planned_date, helsinki_date(now))
    return conclude_step(session, step, ChainScheduled(), now=now)


def start_chain_step(session: Session, *, step_id: UUID, etag: str, caller: Caller, now: datetime) -> ChainStep:
    """Begin."""
    step = targets_step(session, step_id, etag, caller)
    step.take("start")
    return conclude_step(session, step, ChainStarted(), now=now)


def complete_chain_step(session: Session, *, step_id: UUID, etag: str, caller: Caller, now: datetime) -> ChainStep:
    """It is done; the sender still waits for a word."""
    step = targets_step(session, step_id, etag, caller)
    step.take("complete")
    return conclude_step(session, step, ChainCompleted(), now=now)


def give_chain_feedback(
    session: Session, *, step_id: UUID, etag: str, feedback: str, caller: Caller, now: datetime
) -> ChainStep:
    """Tell the sender what became of the client (S1.43a)."""
    step = targets_step(session, step_id, etag, caller)
    step.give_feedback(feedback)
    return conclude_step(session, step, ChainClosed(), now=now)
