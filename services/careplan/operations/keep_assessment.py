"""Keeping the copy of a completed needs assessment."""

from sqlalchemy.orm import Session

from services.careplan.domain.neighbours import KnownAssessment
from services.careplan.storage import neighbours


def keep_assessment(session: Session, *, assessment: KnownAssessment) -> None:
    """Keep a completion; a plan may rest on it (S2.09)."""
    neighbours.keep_assessment(session, assessment)
