"""Every mandatory item is done or cancelled: so is the enrolment (ENROLMENT-6)."""

from datetime import datetime

from sqlalchemy.orm import Session

from services.package.domain.enrolment import Enrolment
from services.package.operations.tell import show_client, tell_enrolment
from services.package.wire import facts
from sote.package.v1 import events_pb2


def complete_if_done(session: Session, enrolment: Enrolment, *, now: datetime) -> None:
    """Complete an enrolment whose row is locked if nothing is left to do; its client is shown as is now."""
    if not enrolment.complete(now=now):
        session.flush()
        show_client(session, enrolment.client_id, now=now)
        return
    fact = events_pb2.EnrolmentCompleted(enrolment=facts.enrolment_facts(enrolment))
    tell_enrolment(session, fact, enrolment, now=now)
