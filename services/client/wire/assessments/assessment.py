"""Assessments on the wire."""

from collections.abc import Iterable
from uuid import UUID

from services.chassis.etags import etag_of
from services.chassis.names import resource_name
from services.chassis.values import day, id_text, instant
from services.chassis.words import value_of, word
from services.client.domain.assessments.assessment import Assessment, CancelReason, Findings, Recommended
from services.client.domain.assessments.checklist import Answer
from services.client.domain.assessments.grounds import Ground
from services.client.domain.clients.people import Professional
from services.client.wire.deadlines.deadline import deadline
from services.client.wire.values import day_of, professional, professional_from
from services.kernel.care import Arrangement, DeliveryMode, NeedDomain
from sote.client.v1 import assessment_pb2, team_pb2
from sote.client.v1 import assessment_service_pb2 as pb
from sote.type.v1 import care_pb2


def assessment(assessment: Assessment, *, narrated: bool = True) -> assessment_pb2.Assessment:
    """An assessment as a resource, with its narrative or without."""
    return assessment_pb2.Assessment(
        name=resource_name("assessments", assessment.id),
        uid=str(assessment.id),
        etag=etag_of(assessment.version),
        create_time=instant(assessment.created_at),
        update_time=instant(assessment.updated_at),
        state=value_of(assessment_pb2.AssessmentState, assessment.state),
        client_id=str(assessment.client_id),
        contact_id=id_text(assessment.contact_id),
        grounds=[value_of(assessment_pb2.AssessmentGround, ground) for ground in assessment.grounds],
        pending_date=day(assessment.pending_date),
        start_due=day(assessment.start_due),
        complete_due=day(assessment.complete_due),
        deadline_rules=assessment.deadline_rules,
        repeat_reason=assessment.repeat_reason,
        team_id=id_text(assessment.team_id),
        performing_organisation_id=id_text(assessment.performing_organisation_id),
        performed_at_unit_id=id_text(assessment.performed_at_unit_id),
        mode=value_of(care_pb2.DeliveryMode, assessment.mode),
        lead=professional(assessment.lead) if assessment.lead else None,
        participants=[professional(participant) for participant in assessment.participants],
        started_date=day(assessment.started_date),
        started_late=assessment.started_late,
        waiting_reason=assessment.waiting_reason,
        completed_date=day(assessment.completed_date),
        needs=needs(assessment.findings),
        recommended=recommended(assessment.findings),
        plan_needed=assessment.plan_needed,
        child_in_household=assessment.findings.child_in_household,
        informal_carer=assessment.findings.informal_carer,
        narrative=narrative(assessment) if narrated and assessment.completed_date else None,
        cancel_reason=value_of(assessment_pb2.AssessmentCancelReason, assessment.cancel_reason),
        deadlines=[deadline(each) for each in assessment.deadlines],
    )


def narrative(assessment: Assessment) -> assessment_pb2.AssessmentNarrative:
    """What an assessment says in words."""
    return assessment_pb2.AssessmentNarrative(
        answers=[
            assessment_pb2.DomainAnswer(
                domain=value_of(care_pb2.NeedDomain, answer.domain), level=answer.level, text=answer.text
            )
            for answer in assessment.findings.answers
        ],
        client_view=assessment.findings.client_view,
        client_view_missing_reason=assessment.findings.client_view_missing_reason,
        conclusion=assessment.findings.conclusion,
    )


def needs(findings: Findings) -> list[assessment_pb2.Need]:
    """The domains with a need."""
    return [
        assessment_pb2.Need(domain=value_of(care_pb2.NeedDomain, answer.domain), level=answer.level)
        for answer in findings.answers
        if answer.level
    ]


def recommended(findings: Findings) -> list[assessment_pb2.RecommendedService]:
    """The services recommended."""
    return [
        assessment_pb2.RecommendedService(
            service_code=recommendation.service_code,
            units=recommendation.units,
            arrangement=value_of(care_pb2.Arrangement, recommendation.arrangement),
            from_date=day(recommendation.from_date),
            to_date=day(recommendation.to_date),
        )
        for recommendation in findings.recommended
    ]


def findings_from(message: pb.CompleteAssessmentRequest) -> Findings:
    """What the request says was found."""
    return Findings(
        answers=tuple(
            Answer(word(NeedDomain, care_pb2.NeedDomain, answer.domain), answer.level, answer.text)
            for answer in message.answers
        ),
        client_view=message.client_view,
        client_view_missing_reason=message.client_view_missing_reason,
        conclusion=message.conclusion,
        recommended=tuple(_recommended_from(recommendation) for recommendation in message.recommended),
        child_in_household=message.child_in_household,
        informal_carer=message.informal_carer,
    )


def _recommended_from(message: assessment_pb2.RecommendedService) -> Recommended:
    return Recommended(
        service_code=message.service_code,
        units=message.units,
        arrangement=word(Arrangement, care_pb2.Arrangement, message.arrangement),
        from_date=day_of(message, "from_date"),
        to_date=day_of(message, "to_date"),
    )


def grounds_from(values: Iterable[int]) -> tuple[Ground, ...]:
    """The grounds that a request names."""
    return tuple(word(Ground, assessment_pb2.AssessmentGround, value) for value in values)


def mode_from(value: int) -> DeliveryMode:
    """How a request says it is made."""
    return word(DeliveryMode, care_pb2.DeliveryMode, value)


def cancel_reason_from(value: int) -> CancelReason:
    """The reason that a request names."""
    return word(CancelReason, assessment_pb2.AssessmentCancelReason, value)


def professionals_from(message: Iterable[team_pb2.Professional], employer: UUID | None) -> tuple[Professional, ...]:
    """The professionals that a request names; without an organisation of their own they work for `employer`."""
    return tuple(professional_from(professional, employer) for professional in message)
