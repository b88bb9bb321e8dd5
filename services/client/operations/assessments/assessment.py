"""What every small change of an assessment begins and ends with."""

from datetime import datetime
from uuid import UUID

from google.protobuf.message import Message
from sqlalchemy.orm import Session

from services.chassis.etags import check_etag
from services.chassis.identity import Caller
from services.chassis.outbox import announce
from services.client.domain.assessments.assessment import Assessment
from services.client.operations.callers import require_assessor
from services.client.operations.clients.publish_client import publish_client
from services.client.storage.assessments import load_assessment


def load_for_assessor(session: Session, assessment_id: UUID, etag: str, caller: Caller) -> Assessment:
    """The assessment, locked, when the caller is of the county enterprise and it is still as the caller read it."""
    _, assessment = load_assessment(session, assessment_id)
    require_assessor(session, caller)
    check_etag(etag, assessment.version)
    return assessment


def announce_assessment(session: Session, assessment: Assessment, fact: Message, now: datetime) -> Assessment:
    """Announce what happened to the assessment and refresh its client's section."""
    announce(session, fact, aggregate="assessments", aggregate_id=assessment.id, version=assessment.version)
    publish_client(session, assessment.client_id, now)
    return assessment
