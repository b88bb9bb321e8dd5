"""Steps that were not answered in time (CHAIN-9)."""

from datetime import datetime

from sqlalchemy.orm import Session

from services.careplan.operations.chains.conclude_step import conclude_step
from services.careplan.storage import chains
from services.chassis.clock import helsinki_date
from sote.careplan.v1.events_pb2 import ChainOverdue

AT_ONCE = 100


def pass_chain_steps_due(session: Session, *, now: datetime) -> None:
    """Mark overdue what was due before today, at most `AT_ONCE` in one run; it may still be answered."""
    for step in chains.due(session, helsinki_date(now), AT_ONCE):
        step.pass_due()
        conclude_step(session, step, ChainOverdue(), now=now)
