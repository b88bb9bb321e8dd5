"""ASSESSMENT-3: an assessment waits."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.identity import Caller
from services.client.domain.assessments.assessment import Assessment
from services.client.operations.assessments.assessment import announce_assessment, load_for_assessor
from services.client.wire.assessments.facts import assessment_waiting


def pause_assessment(
    session: Session, *, assessment_id: UUID, reason: str, etag: str, caller: Caller, now: datetime
) -> Assessment:
    """Let it wait for the client or for information; its limits run on."""
    assessment = load_for_assessor(session, assessment_id, etag, caller)
    assessment.wait(reason, now)
    return announce_assessment(session, assessment, assessment_waiting(assessment), now)
