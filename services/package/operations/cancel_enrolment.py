"""The county cancels an enrolment that has not ended (ENROLMENT-7)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.identity import Caller
from services.chassis.names import uuid_of
from services.package.domain.enrolment import Enrolment
from services.package.domain.refusals import IssuerNotAllowed
from services.package.operations.enrolments import cancel
from services.package.storage import copies, enrolments


def cancel_enrolment(
    session: Session, *, enrolment_id: UUID, reason: str, etag: str, caller: Caller, now: datetime
) -> Enrolment:
    """Cancel it with a reason; only the county enterprise does."""
    organisation = copies.provider(session, uuid_of(caller.organisation, "organisation"))
    if organisation is None or not organisation.is_enterprise:
        raise IssuerNotAllowed("an enrolment is cancelled by the county enterprise")
    enrolment = enrolments.load_enrolment(session, enrolment_id, etag=etag)
    cancel(session, enrolment, reason, now=now)
    return enrolment
