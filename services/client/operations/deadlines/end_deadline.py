"""LIMIT-5: an official states how a limit ended that no act of this platform ends."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.identity import Caller
from services.client.domain.deadlines.deadline import Deadline, DeadlineEnd
from services.client.operations.callers import require_official
from services.client.operations.clients.publish_client import publish_client
from services.client.operations.deadlines.deadline import announce_deadline
from services.client.storage.deadlines import load_deadline


def end_deadline(
    session: Session,
    *,
    deadline_id: UUID,
    end: DeadlineEnd,
    day: date | None,
    reason: str,
    caller: Caller,
    now: datetime,
) -> Deadline:
    """End it on a day, by default today, with the reason."""
    deadline = load_deadline(session, deadline_id)
    require_official(session, caller)
    today = helsinki_date(now)
    notice = deadline.end_by_hand(end, day=day or today, reason=reason, by=caller.subject, today=today, now=now)
    announce_deadline(session, deadline, notice)
    publish_client(session, deadline.client_id, now)
    return deadline
