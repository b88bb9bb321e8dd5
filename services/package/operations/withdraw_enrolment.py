"""The client withdraws from a package in force (ENROLMENT-7)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.etags import check_etag
from services.package.domain.enrolment import Enrolment
from services.package.operations.tell import tell_enrolment
from services.package.storage import enrolments
from services.package.wire import facts
from sote.package.v1 import events_pb2


def withdraw_enrolment(session: Session, *, enrolment_id: UUID, etag: str, now: datetime) -> Enrolment:
    """Withdraw; what is not done is cancelled by those who hear of it."""
    enrolment = enrolments.for_update(session, enrolment_id)
    check_etag(etag, enrolment.version)
    enrolment.withdraw(now=now)
    fact = events_pb2.EnrolmentWithdrawn(enrolment=facts.enrolment_facts(enrolment))
    tell_enrolment(session, fact, enrolment, now=now)
    return enrolment
