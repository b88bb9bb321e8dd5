"""ASSESSMENT-3: a waiting assessment goes on."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.identity import Caller
from services.client.domain.assessments.assessment import Assessment
from services.client.operations.assessments.assessment import announce_assessment, load_for_assessor
from services.client.wire.assessments.facts import assessment_resumed


def resume_assessment(session: Session, *, assessment_id: UUID, etag: str, caller: Caller, now: datetime) -> Assessment:
    """Go on with it."""
    assessment = load_for_assessor(session, assessment_id, etag, caller)
    assessment.resume(now)
    return announce_assessment(session, assessment, assessment_resumed(assessment), now)
