"""How what a client has ends when the client leaves the register."""

from datetime import datetime

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.outbox import announce
from services.client.domain.assessments.assessment import CancelReason
from services.client.domain.choices.choice import ChoiceEnd
from services.client.domain.clients.client import Client
from services.client.operations.choices.choice import end_choices
from services.client.operations.deadlines.deadline import drop_deadlines
from services.client.operations.relationships.relationship import end_relationships
from services.client.operations.representatives.representative import end_representatives
from services.client.storage import assessments, deadlines
from services.client.storage.assessments import load_assessment
from services.client.wire.assessments.facts import assessment_cancelled

CHOICE_ENDS = {
    CancelReason.MOVED: ChoiceEnd.MOVED,
    CancelReason.DECEASED: ChoiceEnd.DECEASED,
    CancelReason.DUPLICATE: ChoiceEnd.MERGED,
}


def end_matters(session: Session, client: Client, reason: CancelReason, now: datetime) -> None:
    """PROCESS-D6: whatever ties, represents or limits a client who left the register ends; the assessment is
    cancelled."""
    end_relationships(session, client, now)
    end_representatives(session, client, now)
    end_choices(session, client, CHOICE_ENDS[reason], now)
    drop_deadlines(session, deadlines.running(session, client.id), helsinki_date(now), now)
    under_way = assessments.under_way(session, client.id)
    if under_way is None:
        return
    _, assessment = load_assessment(session, under_way.id)
    assessment.cancel(reason, now)
    fact = assessment_cancelled(assessment)
    announce(session, fact, aggregate="assessments", aggregate_id=assessment.id, version=assessment.version)
