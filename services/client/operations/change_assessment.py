"""N3 and N5: an assessment waits, goes on, or ends without result."""

from datetime import datetime
from uuid import UUID

from google.protobuf.message import Message
from sqlalchemy.orm import Session

from services.chassis.etags import check_etag
from services.chassis.identity import Caller
from services.chassis.outbox import announce
from services.client.domain.assessment import Assessment, CancelReason
from services.client.domain.assessment_refusals import AssessorNotAllowed
from services.client.operations.callers import required_enterprise
from services.client.operations.publish_client import publish_client
from services.client.storage import assessments
from services.client.wire.facts import assessment_cancelled, assessment_resumed, assessment_waiting


def pause_assessment(
    session: Session, *, assessment_id: UUID, reason: str, etag: str, caller: Caller, now: datetime
) -> Assessment:
    """Let it wait for the client or for information; its limits run on."""
    assessment = _own(session, assessment_id, etag, caller)
    assessment.wait(reason, now)
    return _told(session, assessment, assessment_waiting(assessment), now)


def resume_assessment(session: Session, *, assessment_id: UUID, etag: str, caller: Caller, now: datetime) -> Assessment:
    """Go on with it."""
    assessment = _own(session, assessment_id, etag, caller)
    assessment.resume(now)
    return _told(session, assessment, assessment_resumed(assessment), now)


def cancel_assessment(
    session: Session, *, assessment_id: UUID, reason: CancelReason, etag: str, caller: Caller, now: datetime
) -> Assessment:
    """End it without result."""
    assessment = _own(session, assessment_id, etag, caller)
    assessment.cancel(reason, now)
    return _told(session, assessment, assessment_cancelled(assessment), now)


def _own(session: Session, assessment_id: UUID, etag: str, caller: Caller) -> Assessment:
    _, assessment = assessments.lock(session, assessment_id)
    required_enterprise(session, caller, AssessorNotAllowed)
    check_etag(etag, assessment.version)
    return assessment


def _told(session: Session, assessment: Assessment, fact: Message, now: datetime) -> Assessment:
    announce(session, fact, aggregate="assessments", aggregate_id=assessment.id, version=assessment.version)
    publish_client(session, assessment.client_id, now)
    return assessment
