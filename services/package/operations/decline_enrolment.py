"""The client declines a proposed package (ENROLMENT-2)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.package.domain.enrolment import Enrolment
from services.package.operations.enrolments import announce_enrolment, publish_packages
from services.package.storage import enrolments
from services.package.wire import facts
from sote.package.v1 import events_pb2


def decline_enrolment(session: Session, *, enrolment_id: UUID, etag: str, now: datetime) -> Enrolment:
    """Decline the proposal; nothing of it remains."""
    enrolment = enrolments.load_enrolment(session, enrolment_id, etag=etag)
    enrolment.decline(now=now)
    announce_enrolment(session, enrolment, events_pb2.EnrolmentWithdrawn(enrolment=facts.enrolment_facts(enrolment)))
    publish_packages(session, enrolment.client_id, now=now)
    return enrolment
