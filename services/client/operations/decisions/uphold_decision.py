"""DECISION-1: an appeal changes nothing."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.identity import Caller
from services.client.domain.decisions.decision import Decision
from services.client.operations.decisions.decision import announce_decision, load_for_official
from services.client.wire.decisions.facts import decision_upheld


def uphold_decision(
    session: Session, *, decision_id: UUID, grounds: str, etag: str, caller: Caller, now: datetime
) -> Decision:
    """Answer the appeal: the decision holds as it was."""
    decision = load_for_official(session, decision_id, etag, caller)
    decision.uphold(grounds=grounds, by=caller.subject, today=helsinki_date(now))
    return announce_decision(session, decision, decision_upheld(decision), now)
