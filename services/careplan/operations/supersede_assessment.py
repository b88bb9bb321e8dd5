"""Noting that a newer assessment took an older one's place."""

from uuid import UUID

from sqlalchemy.orm import Session

from services.careplan.storage import neighbours


def supersede_assessment(session: Session, *, assessment_id: UUID, client_id: UUID) -> None:
    """No new plan rests on it; plans that do stay as they are."""
    neighbours.supersede_assessment(session, assessment_id, client_id)
