"""Assessments on the wire."""

from collections.abc import Iterable
from typing import Any
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
from sote.type.v1 import care_pb2


def assessment(one: Assessment, *, narrated: bool = True) -> assessment_pb2.Assessment:
    """An assessment as a resource, with its narrative or without."""
    return assessment_pb2.Assessment(
        name=resource_name("assessments", one.id),
        uid=str(one.id),
        etag=etag_of(one.version),
        create_time=instant(one.created_at),
        update_time=instant(one.updated_at),
        state=value_of(assessment_pb2.AssessmentState, one.state),
        client_id=str(one.client_id),
        contact_id=id_text(one.contact_id),
        grounds=[value_of(assessment_pb2.AssessmentGround, ground) for ground in one.grounds],
        pending_date=day(one.pending_date),
        start_due=day(one.start_due),
        complete_due=day(one.complete_due),
        deadline_rules=one.deadline_rules,
        repeat_reason=one.repeat_reason,
        team_id=id_text(one.team_id),
        performing_organisation_id=id_text(one.performing_organisation_id),
        performed_at_unit_id=id_text(one.performed_at_unit_id),
        mode=value_of(care_pb2.DeliveryMode, one.mode),
        lead=professional(one.lead) if one.lead else None,
        participants=[professional(participant) for participant in one.participants],
        started_date=day(one.started_date),
        started_late=one.started_late,
        waiting_reason=one.waiting_reason,
        completed_date=day(one.completed_date),
        needs=needs(one.findings),
        recommended=recommended(one.findings),
        plan_needed=one.plan_needed,
        child_in_household=one.findings.child_in_household,
        informal_carer=one.findings.informal_carer,
        narrative=narrative(one) if narrated and one.completed_date else None,
        cancel_reason=value_of(assessment_pb2.AssessmentCancelReason, one.cancel_reason),
        deadlines=[deadline(each) for each in one.deadlines],
    )


def narrative(one: Assessment) -> assessment_pb2.AssessmentNarrative:
    """What an assessment says in words."""
    return assessment_pb2.AssessmentNarrative(
        answers=[
            assessment_pb2.DomainAnswer(
                domain=value_of(care_pb2.NeedDomain, answer.domain), level=answer.level, text=answer.text
            )
            for answer in one.findings.answers
        ],
        client_view=one.findings.client_view,
        client_view_missing_reason=one.findings.client_view_missing_reason,
        conclusion=one.findings.conclusion,
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
            service_code=one.service_code,
            units=one.units,
            arrangement=value_of(care_pb2.Arrangement, one.arrangement),
            from_date=day(one.from_date),
            to_date=day(one.to_date),
        )
        for one in findings.recommended
    ]


def findings_from(told: Any) -> Findings:
    """What a CompleteAssessmentRequest tells."""
    return Findings(
        answers=tuple(
            Answer(word(NeedDomain, care_pb2.NeedDomain, one.domain), one.level, one.text) for one in told.answers
        ),
        client_view=told.client_view,
        client_view_missing_reason=told.client_view_missing_reason,
        conclusion=told.conclusion,
        recommended=tuple(_recommended_from(one) for one in told.recommended),
        child_in_household=told.child_in_household,
        informal_carer=told.informal_carer,
    )


def _recommended_from(told: assessment_pb2.RecommendedService) -> Recommended:
    return Recommended(
        service_code=told.service_code,
        units=told.units,
        arrangement=word(Arrangement, care_pb2.Arrangement, told.arrangement),
        from_date=day_of(told, "from_date"),
        to_date=day_of(told, "to_date"),
    )


def grounds_from(values: Iterable[Any]) -> tuple[Ground, ...]:
    """The grounds told."""
    return tuple(word(Ground, assessment_pb2.AssessmentGround, value) for value in values)


def mode_from(value: Any) -> DeliveryMode:
    """The mode told."""
    return word(DeliveryMode, care_pb2.DeliveryMode, value)


def cancel_reason_from(value: Any) -> CancelReason:
    """The reason told."""
    return word(CancelReason, assessment_pb2.AssessmentCancelReason, value)


def professionals_from(told: Iterable[team_pb2.Professional], employer: UUID | None) -> tuple[Professional, ...]:
    """The professionals told."""
    return tuple(professional_from(one, employer) for one in told)
