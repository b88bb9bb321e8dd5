"""ASSESSMENT-5: an assessment ends without result."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.identity import Caller
from services.client.domain.assessments.assessment import Assessment, CancelReason
from services.client.operations.assessments.assessment import announce_assessment, load_for_assessor
from services.client.operations.deadlines.deadline import drop_deadlines
from services.client.operations.relationships.relationship import close_source
from services.client.wire.assessments.facts import assessment_cancelled


def cancel_assessment(
    session: Session, *, assessment_id: UUID, reason: CancelReason, etag: str, caller: Caller, now: datetime
) -> Assessment:
    """End it without result."""
    assessment = load_for_assessor(session, assessment_id, etag, caller)
    assessment.cancel(reason, now)
    drop_deadlines(session, assessment.deadlines, helsinki_date(now), now)
    close_source(session, assessment.id, now)
    return announce_assessment(session, assessment, assessment_cancelled(assessment), now)
