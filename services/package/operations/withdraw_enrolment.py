"""The client withdraws from a package in force (ENROLMENT-7)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.package.domain.enrolment import Enrolment
from services.package.operations.enrolments import announce_enrolment, publish_packages
from services.package.storage import enrolments
from services.package.wire import facts
from sote.package.v1 import events_pb2


def withdraw_enrolment(session: Session, *, enrolment_id: UUID, etag: str, now: datetime) -> Enrolment:
    """Withdraw; what is not done is cancelled by those who hear of it."""
    enrolment = enrolments.load_enrolment(session, enrolment_id, etag=etag)
    enrolment.withdraw(now=now)
    announce_enrolment(session, enrolment, events_pb2.EnrolmentWithdrawn(enrolment=facts.enrolment_facts(enrolment)))
    publish_packages(session, enrolment.client_id, now=now)
    return enrolment
