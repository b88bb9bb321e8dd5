"""Another service could not do its part of an expansion: the enrolment fails (ENROLMENT-5)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.package.operations.enrolments import fail
from services.package.storage import enrolments


def fail_enrolment(session: Session, *, enrolment_id: UUID, reason: str, now: datetime) -> None:
    """Fail an enrolment that is not in force yet; one that is past it is left alone."""
    fail(session, enrolments.load_enrolment(session, enrolment_id), reason, now=now)
