"""The facts of assessments; none holds a word of free text (INV-25)."""

from uuid import UUID

from services.chassis.values import day, id_text
from services.client.domain.assessments.assessment import Assessment
from services.client.domain.clients.identity_code import ADULT_AGE
from services.client.wire.assessments.assessment import needs, recommended
from sote.client.v1 import events_pb2


def assessment_initiated(one: Assessment) -> events_pb2.AssessmentInitiated:
    """ASSESSMENT-1."""
    return events_pb2.AssessmentInitiated(
        assessment_id=str(one.id),
        client_id=str(one.client_id),
        start_due=day(one.start_due),
        complete_due=day(one.complete_due),
        deadline_rules=one.deadline_rules,
    )


def assessment_started(one: Assessment) -> events_pb2.AssessmentStarted:
    """ASSESSMENT-2."""
    return events_pb2.AssessmentStarted(assessment_id=str(one.id), client_id=str(one.client_id), late=one.started_late)


def assessment_waiting(one: Assessment) -> events_pb2.AssessmentWaiting:
    """ASSESSMENT-3."""
    return events_pb2.AssessmentWaiting(assessment_id=str(one.id), client_id=str(one.client_id))


def assessment_resumed(one: Assessment) -> events_pb2.AssessmentResumed:
    """ASSESSMENT-3."""
    return events_pb2.AssessmentResumed(assessment_id=str(one.id), client_id=str(one.client_id))


def assessment_completed(one: Assessment, *, age_years: int, carer_linked: bool) -> events_pb2.AssessmentCompleted:
    """ASSESSMENT-4; the client's age in full years that day, and whether an informal carer is linked whom nobody has
    to find."""
    return events_pb2.AssessmentCompleted(
        assessment_id=str(one.id),
        client_id=str(one.client_id),
        performing_organisation_id=id_text(one.performing_organisation_id),
        completed_date=day(one.completed_date),
        recommended=recommended(one.findings),
        needs=needs(one.findings),
        plan_needed=one.plan_needed,
        age_years=age_years,
        child_in_household=one.findings.child_in_household or age_years < ADULT_AGE,
        informal_carer=one.findings.informal_carer or carer_linked,
    )


def assessment_cancelled(one: Assessment) -> events_pb2.AssessmentCancelled:
    """ASSESSMENT-5."""
    return events_pb2.AssessmentCancelled(assessment_id=str(one.id), client_id=str(one.client_id))


def assessment_superseded(one: Assessment, successor: UUID) -> events_pb2.AssessmentSuperseded:
    """ASSESSMENT-6."""
    return events_pb2.AssessmentSuperseded(
        assessment_id=str(one.id), client_id=str(one.client_id), successor_id=str(successor)
    )
