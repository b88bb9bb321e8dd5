"""The county cancels an enrolment that has not ended (ENROLMENT-7)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.etags import check_etag
from services.chassis.identity import Caller
from services.chassis.names import uuid_of
from services.package.domain.enrolment import Enrolment
from services.package.domain.refusals import IssuerNotAllowed
from services.package.operations.tell import tell_enrolment
from services.package.storage import copies, enrolments
from services.package.wire import facts
from sote.package.v1 import events_pb2


def cancel_enrolment(
    session: Session, *, enrolment_id: UUID, reason: str, etag: str, caller: Caller, now: datetime
) -> Enrolment:
    """Cancel it with a reason; what is not done is cancelled by those who hear of it."""
    organisation = copies.provider(session, uuid_of(caller.organisation, "organisation"))
    if organisation is None or not organisation.is_enterprise:
        raise IssuerNotAllowed("an enrolment is cancelled by the county enterprise")
    enrolment = enrolments.for_update(session, enrolment_id)
    check_etag(etag, enrolment.version)
    cancel_locked(session, enrolment, reason, now=now)
    return enrolment


def cancel_locked(session: Session, enrolment: Enrolment, reason: str, *, now: datetime) -> None:
    """Cancel an open enrolment whose row is locked already."""
    enrolment.cancel(reason, now=now)
    fact = events_pb2.EnrolmentCancelled(enrolment=facts.enrolment_facts(enrolment))
    tell_enrolment(session, fact, enrolment, now=now)
