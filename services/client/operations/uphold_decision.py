"""3.2: an appeal changes nothing."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.identity import Caller
from services.client.domain.decision import Decision
from services.client.operations.own_decision import own_decision, tell_decision
from services.client.wire.decision_facts import decision_upheld


def uphold_decision(
    session: Session, *, decision_id: UUID, grounds: str, etag: str, caller: Caller, now: datetime
) -> Decision:
    """Answer the appeal: the decision holds as it was."""
    decision = own_decision(session, decision_id, etag, caller)
    decision.uphold(grounds=grounds, by=caller.subject, today=helsinki_date(now))
    return tell_decision(session, decision, decision_upheld(decision), now)
