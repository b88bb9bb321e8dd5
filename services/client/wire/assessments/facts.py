"""The facts of assessments; none holds a word of free text (INV-25)."""

from uuid import UUID

from services.chassis.values import day, id_text
from services.client.domain.assessments.assessment import Assessment
from services.client.domain.clients.identity_code import ADULT_AGE
from services.client.wire.assessments.assessment import needs, recommended
from sote.client.v1 import events_pb2


def assessment_initiated(assessment: Assessment) -> events_pb2.AssessmentInitiated:
    """An assessment was initiated, with its limits (ASSESSMENT-1)."""
    return events_pb2.AssessmentInitiated(
        assessment_id=str(assessment.id),
        client_id=str(assessment.client_id),
        start_due=day(assessment.start_due),
        complete_due=day(assessment.complete_due),
        deadline_rules=assessment.deadline_rules,
    )


def assessment_started(assessment: Assessment) -> events_pb2.AssessmentStarted:
    """It started, in time or late (ASSESSMENT-2)."""
    return events_pb2.AssessmentStarted(
        assessment_id=str(assessment.id), client_id=str(assessment.client_id), late=assessment.started_late
    )


def assessment_waiting(assessment: Assessment) -> events_pb2.AssessmentWaiting:
    """It waits (ASSESSMENT-3)."""
    return events_pb2.AssessmentWaiting(assessment_id=str(assessment.id), client_id=str(assessment.client_id))


def assessment_resumed(assessment: Assessment) -> events_pb2.AssessmentResumed:
    """It goes on (ASSESSMENT-3)."""
    return events_pb2.AssessmentResumed(assessment_id=str(assessment.id), client_id=str(assessment.client_id))


def assessment_completed(
    assessment: Assessment, *, age_years: int, carer_linked: bool
) -> events_pb2.AssessmentCompleted:
    """ASSESSMENT-4; the client's age in full years that day, and whether an informal carer is linked, who need not be
    searched for."""
    return events_pb2.AssessmentCompleted(
        assessment_id=str(assessment.id),
        client_id=str(assessment.client_id),
        performing_organisation_id=id_text(assessment.performing_organisation_id),
        completed_date=day(assessment.completed_date),
        recommended=recommended(assessment.findings),
        needs=needs(assessment.findings),
        plan_needed=assessment.plan_needed,
        age_years=age_years,
        child_in_household=assessment.findings.child_in_household or age_years < ADULT_AGE,
        informal_carer=assessment.findings.informal_carer or carer_linked,
    )


def assessment_cancelled(assessment: Assessment) -> events_pb2.AssessmentCancelled:
    """It started, in time or late (ASSESSMENT-2)."""
    return events_pb2.AssessmentCancelled(assessment_id=str(assessment.id), client_id=str(assessment.client_id))


def assessment_superseded(assessment: Assessment, successor: UUID) -> events_pb2.AssessmentSuperseded:
    """An assessment was initiated, with its limits (ASSESSMENT-1)."""
    return events_pb2.AssessmentSuperseded(
        assessment_id=str(assessment.id), client_id=str(assessment.client_id), successor_id=str(successor)
    )
