"""The client declines a proposed package (ENROLMENT-2)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.etags import check_etag
from services.package.domain.enrolment import Enrolment
from services.package.operations.tell import tell_enrolment
from services.package.storage import enrolments
from services.package.wire import facts
from sote.package.v1 import events_pb2


def decline_enrolment(session: Session, *, enrolment_id: UUID, etag: str, now: datetime) -> Enrolment:
    """Decline the proposal; nothing of it remains."""
    enrolment = enrolments.for_update(session, enrolment_id)
    check_etag(etag, enrolment.version)
    enrolment.decline(now=now)
    fact = events_pb2.EnrolmentWithdrawn(enrolment=facts.enrolment_facts(enrolment))
    tell_enrolment(session, fact, enrolment, now=now)
    return enrolment
