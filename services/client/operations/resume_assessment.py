"""N3: a waiting assessment goes on."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.identity import Caller
from services.client.domain.assessment import Assessment
from services.client.operations.own_assessment import own_assessment, tell
from services.client.wire.facts import assessment_resumed


def resume_assessment(session: Session, *, assessment_id: UUID, etag: str, caller: Caller, now: datetime) -> Assessment:
    """Go on with it."""
    assessment = own_assessment(session, assessment_id, etag, caller)
    assessment.resume(now)
    return tell(session, assessment, assessment_resumed(assessment), now)
