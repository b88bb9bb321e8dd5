"""N3: an assessment waits."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.identity import Caller
from services.client.domain.assessment import Assessment
from services.client.operations.own_assessment import own_assessment, tell
from services.client.wire.facts import assessment_waiting


def pause_assessment(
    session: Session, *, assessment_id: UUID, reason: str, etag: str, caller: Caller, now: datetime
) -> Assessment:
    """Let it wait for the client or for information; its limits run on."""
    assessment = own_assessment(session, assessment_id, etag, caller)
    assessment.wait(reason, now)
    return tell(session, assessment, assessment_waiting(assessment), now)
