"""The envelope is reserved: the plan is asked to take the items (ENROLMENT-3, PROCESS-B3)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.package.domain.enrolment import EnrolmentState
from services.package.operations.tell import tell_enrolment
from services.package.storage import enrolments
from services.package.wire import facts
from sote.package.v1 import events_pb2


def expand_enrolment(session: Session, *, enrolment_id: UUID, now: datetime) -> None:
    """Begin the expansion of an accepted enrolment; one that is past it is left alone."""
    enrolment = enrolments.for_update(session, enrolment_id)
    if enrolment.state is not EnrolmentState.ACCEPTED:
        return
    enrolment.expand(now=now)
    fact = events_pb2.EnrolmentExpanding(enrolment=facts.enrolment_facts(enrolment))
    tell_enrolment(session, fact, enrolment, now=now)
