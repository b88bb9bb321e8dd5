"""The envelope is reserved: the plan is asked to take the items (ENROLMENT-3, PROCESS-B3)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.package.domain.enrolment import EnrolmentState
from services.package.operations.enrolments import announce_enrolment, publish_packages
from services.package.storage import enrolments
from services.package.wire import facts
from sote.package.v1 import events_pb2


def expand_enrolment(session: Session, *, enrolment_id: UUID, now: datetime) -> None:
    """Begin the expansion of an accepted enrolment; one that is past it is left alone."""
    enrolment = enrolments.load_enrolment(session, enrolment_id)
    if enrolment.state is not EnrolmentState.ACCEPTED:
        return
    enrolment.expand(now=now)
    announce_enrolment(session, enrolment, events_pb2.EnrolmentExpanding(enrolment=facts.enrolment_facts(enrolment)))
    publish_packages(session, enrolment.client_id, now=now)
