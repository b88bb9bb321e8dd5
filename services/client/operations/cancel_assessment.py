"""N5: an assessment ends without result."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.identity import Caller
from services.client.domain.assessment import Assessment, CancelReason
from services.client.operations.keep_relationships import close_source
from services.client.operations.own_assessment import own_assessment, tell
from services.client.operations.tell_deadlines import drop
from services.client.wire.facts import assessment_cancelled


def cancel_assessment(
    session: Session, *, assessment_id: UUID, reason: CancelReason, etag: str, caller: Caller, now: datetime
) -> Assessment:
    """End it without result."""
    assessment = own_assessment(session, assessment_id, etag, caller)
    assessment.cancel(reason, now)
    drop(session, assessment.deadlines, helsinki_date(now), now)
    close_source(session, assessment.id, now)
    return tell(session, assessment, assessment_cancelled(assessment), now)
