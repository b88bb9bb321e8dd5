"""An expansion could not be done: the enrolment fails, and whoever did a part of it undoes that part (ENROLMENT-5)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.package.domain.enrolment import Enrolment, EnrolmentState
from services.package.operations.tell import tell_enrolment
from services.package.storage import enrolments
from services.package.wire import facts
from sote.package.v1 import events_pb2


def fail_enrolment(session: Session, *, enrolment_id: UUID, reason: str, now: datetime) -> None:
    """Fail an enrolment that is not in force yet; one that is past it is left alone."""
    fail_locked(session, enrolments.for_update(session, enrolment_id), reason, now=now)


def fail_locked(session: Session, enrolment: Enrolment, reason: str, *, now: datetime) -> None:
    """The same for an enrolment whose row is locked already."""
    if enrolment.state not in {EnrolmentState.ACCEPTED, EnrolmentState.EXPANDING}:
        return
    enrolment.fail(reason, now=now)
    fact = events_pb2.EnrolmentFailed(enrolment=facts.enrolment_facts(enrolment), reason=reason)
    tell_enrolment(session, fact, enrolment, now=now)
