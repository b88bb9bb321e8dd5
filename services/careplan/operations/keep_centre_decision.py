"""Keeping the copy of a decision to give a county service at centres."""

from sqlalchemy.orm import Session

from services.careplan.domain.neighbours import KnownCentreDecision
from services.careplan.storage import copies, neighbours


def keep_centre_decision(session: Session, *, decision: KnownCentreDecision) -> None:
    """Keep a decision, unless a newer version is known; lines of plans rest on it (S1.20)."""
    neighbours.keep(session, copies.centre_decision_copy, {**vars(decision), "unit_ids": list(decision.unit_ids)})
