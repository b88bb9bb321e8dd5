"""The target's answers to a step: it arrived, it is accepted, it is returned (CHAIN-3 to CHAIN-5)."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.careplan.domain.chains.chain_step import ChainStep
from services.careplan.operations.chains.conclude_step import conclude_step
from services.careplan.operations.chains.load_step import targets_step
from services.chassis.clock import helsinki_date
from services.chassis.identity import Caller
from sote.careplan.v1.events_pb2 import ChainAccepted, ChainReceived, ChainReturned


def receive_chain_step(session: Session, *, step_id: UUID, etag: str, caller: Caller, now: datetime) -> ChainStep:
    """Say that it arrived (CHAIN-3)."""
    step = targets_step(session, step_id, etag, caller)
    step.take("receive")
    return conclude_step(session, step, ChainReceived(), now=now)


def accept_chain_step(
    session: Session, *, step_id: UUID, etag: str, planned_date: date, caller: Caller, now: datetime
) -> ChainStep:
    """Take the client on and say when it begins (CHAIN-4)."""
    step = targets_step(session, step_id, etag, caller)
    step.plan_for("accept", planned_date, helsinki_date(now))
    return conclude_step(session, step, ChainAccepted(), now=now)


def return_chain_step(
    session: Session, *, step_id: UUID, etag: str, reason: str, suggestion: str, caller: Caller, now: datetime
) -> ChainStep:
    """Give it back; the client is the sender's again, and the fact informs its own-worker (CHAIN-5)."""
    step = targets_step(session, step_id, etag, caller)
    step.give_back(reason, suggestion)
    return conclude_step(session, step, ChainReturned(), now=now)
