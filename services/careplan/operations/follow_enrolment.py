"""Keeping the copy of an enrolment (P16: an open one keeps its plan open)."""

from sqlalchemy.orm import Session

from services.careplan.domain.neighbours import KnownEnrolment
from services.careplan.storage import enrolments


def follow_enrolment(session: Session, *, enrolment: KnownEnrolment) -> None:
    """Keep the newest state of an enrolment."""
    enrolments.keep_enrolment(session, enrolment)
