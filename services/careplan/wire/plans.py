"""Plans, versions, consultations, acknowledgements and deliveries as resources."""

from collections.abc import Iterable

from services.careplan.domain.acknowledgements.acknowledgement import Acknowledgement
from services.careplan.domain.consultations.consultation import Consultation
from services.careplan.domain.deliveries.delivery import Delivery, Deviation
from services.careplan.domain.goals.goal_measurement import GoalMeasurement
from services.careplan.domain.plan_versions.plan_version import PlanVersion
from services.careplan.domain.plans.content import Content, Goal, ServiceLine
from services.careplan.domain.plans.plan import Plan
from services.careplan.domain.plans.plan_service import PlanService
from services.careplan.domain.plans.plan_states import OPEN
from services.careplan.wire.etags import plan_etag
from services.careplan.wire.statutory import section_messages
from services.chassis.names import resource_name
from services.chassis.values import day, id_text, instant
from services.chassis.words import value_of, values_of
from sote.careplan.v1 import acknowledgement_pb2, consultation_pb2, delivery_pb2, plan_pb2
from sote.type.v1 import care_pb2


def plan(
    plan: Plan, consultations: Iterable[Consultation] = (), acknowledgements: Iterable[Acknowledgement] = ()
) -> plan_pb2.Plan:
    """The resource Plan."""
    return plan_pb2.Plan(
        name=resource_name("plans", plan.id),
        uid=str(plan.id),
        etag=plan_etag(plan),
        create_time=instant(plan.created_at),
        update_time=instant(plan.updated_at),
        number=plan.number,
        client_id=str(plan.client_id),
        operator=operator(plan),
        state=value_of(plan_pb2.PlanState, plan.state),
        major=plan.major,
        minor=plan.minor,
        assessment_id=str(plan.assessment_id),
        goals=[goal(each) for each in plan.goals],
        services=[planned_service(service) for service in plan.services],
        draft=None if plan.draft is None else _draft(plan, plan.draft),
        consultations=[consultation(each) for each in consultations if not each.superseded],
        acknowledgements=[acknowledgement(each) for each in acknowledgements],
        review_due=day(plan.review_due),
        end_date=day(plan.ended_on),
        end_reason=plan.last_reason if plan.state not in OPEN else "",
        predecessor_id=id_text(plan.predecessor_id),
        statutory_sections=section_messages(plan.statutory_sections),
    )


def operator(plan: Plan) -> plan_pb2.Operator:
    """Who is responsible."""
    return plan_pb2.Operator(
        organisation_id=str(plan.operator_organisation_id),
        unit_id=str(plan.operator_unit_id),
        kind=value_of(care_pb2.OperatorKind, plan.operator_kind),
        epoch=plan.operator_epoch,
    )


def _draft(plan: Plan, draft: Content) -> plan_pb2.PlanDraft:
    return plan_pb2.PlanDraft(
        goals=[goal(each) for each in draft.goals],
        services=[line(service) for service in draft.services],
        client_view=draft.client_view,
        cause=value_of(plan_pb2.ReviewCause, plan.review_cause),
        consulting=plan.consulting,
        statutory_sections=section_messages(draft.statutory_sections),
    )


def goal(goal: Goal) -> plan_pb2.Goal:
    """A goal."""
    return plan_pb2.Goal(
        goal_id=str(goal.goal_id),
        text=goal.text,
        needs=values_of(care_pb2.NeedDomain, goal.needs),
        baseline=goal.baseline,
        target=goal.target,
    )


def line(line: ServiceLine) -> plan_pb2.ServiceLine:
    """What a plan says about a service."""
    return plan_pb2.ServiceLine(
        plan_service_id=str(line.plan_service_id),
        service_code=line.service_code,
        arrangement=value_of(care_pb2.Arrangement, line.arrangement),
        provider_id=id_text(line.provider_id),
        unit_id=id_text(line.unit_id),
        contract_id=id_text(line.contract_id),
        units=line.units,
        unit=value_of(care_pb2.CareUnit, line.unit),
        frequency=line.frequency,
        from_date=day(line.from_date),
        to_date=day(line.to_date),
        modes=values_of(care_pb2.DeliveryMode, line.modes),
        mode_text=line.mode_text,
        goal_ids=[str(goal_id) for goal_id in line.goal_ids],
        enrolment_id=id_text(line.enrolment_id),
        item_code=line.item_code,
        sensitive=line.sensitive,
    )


def planned_service(service: PlanService) -> plan_pb2.PlannedService:
    """A service in force."""
    return plan_pb2.PlannedService(
        line=line(service.line()),
        state=value_of(plan_pb2.PlanServiceState, service.state),
        voucher_id=id_text(service.voucher_id),
        units_delivered=service.units_delivered,
        deliveries=service.deliveries,
        last_delivery_date=day(service.last_delivery_date),
        resting_from_date=day(service.resting_from),
    )


def version(version: PlanVersion) -> plan_pb2.PlanVersion:
    """The resource PlanVersion."""
    return plan_pb2.PlanVersion(
        name=f"{resource_name('plans', version.plan_id)}/versions/{version.number}",
        major=version.major,
        minor=version.minor,
        kind=value_of(plan_pb2.PlanVersionKind, version.kind),
        assessment_id=str(version.assessment_id),
        activated_time=instant(version.activated_at),
        supersedes=version.supersedes,
        digest=version.digest,
        goals=[goal(each) for each in version.content.goals],
        services=[line(service) for service in version.content.services],
        client_view=version.content.client_view,
        statutory_sections=section_messages(version.content.statutory_sections),
    )


def consultation(consultation: Consultation) -> consultation_pb2.Consultation:
    """The resource Consultation."""
    return consultation_pb2.Consultation(
        name=resource_name("consultations", consultation.id),
        uid=str(consultation.id),
        plan_id=str(consultation.plan_id),
        client_id=str(consultation.client_id),
        provider_id=str(consultation.provider_id),
        for_major=consultation.for_major,
        plan_service_ids=[str(each) for each in consultation.plan_service_ids],
        state=value_of(consultation_pb2.ConsultationState, consultation.state),
        due_date=day(consultation.due),
        create_time=instant(consultation.created_at),
        response_time=instant(consultation.responded_at),
        text=consultation.text,
        resolution=consultation.resolution,
        resolve_due_date=day(consultation.resolve_due),
    )


def acknowledgement(acknowledgement: Acknowledgement) -> acknowledgement_pb2.Acknowledgement:
    """The resource Acknowledgement."""
    return acknowledgement_pb2.Acknowledgement(
        name=resource_name("acknowledgements", acknowledgement.id),
        uid=str(acknowledgement.id),
        plan_id=str(acknowledgement.plan_id),
        client_id=str(acknowledgement.client_id),
        provider_id=str(acknowledgement.provider_id),
        major=acknowledgement.major,
        minor=acknowledgement.minor,
        state=value_of(acknowledgement_pb2.AcknowledgementState, acknowledgement.state),
        due_date=day(acknowledgement.due),
        create_time=instant(acknowledgement.created_at),
        response_time=instant(acknowledgement.responded_at),
        refusal_reason=value_of(acknowledgement_pb2.RefusalReason, acknowledgement.refusal_reason),
        breach=acknowledgement.breach,
    )


def delivery(delivery: Delivery, deviation: Deviation | None) -> delivery_pb2.Delivery:
    """The resource Delivery."""
    return delivery_pb2.Delivery(
        name=resource_name("deliveries", delivery.id),
        uid=str(delivery.id),
        create_time=instant(delivery.created_at),
        client_id=str(delivery.client_id),
        plan_id=id_text(delivery.plan_id),
        plan_service_id=id_text(delivery.plan_service_id),
        voucher_id=id_text(delivery.voucher_id),
        provider_id=str(delivery.provider_id),
        service_code=delivery.service_code,
        service_date=day(delivery.service_date),
        units=delivery.units,
        mode=value_of(care_pb2.DeliveryMode, delivery.mode),
        place=delivery.place,
        performer_title=delivery.performer_title,
        external_ref=delivery.external_ref,
        urgent=delivery.urgent,
        conforms=delivery.conforms,
        early=delivery.early,
        deviation=value_of(delivery_pb2.DeviationKind, deviation.kind if deviation else None),
        cause=value_of(delivery_pb2.DeviationCause, deviation.cause if deviation else None),
    )


def goal_measurement(measurement: GoalMeasurement, whose: Plan) -> plan_pb2.GoalMeasurement:
    """Where the client stood on a goal."""
    return plan_pb2.GoalMeasurement(
        goal_id=str(measurement.goal_id),
        step=measurement.step,
        measured_date=day(measurement.measured_on),
        note=measurement.note,
        attained=measurement.attained(whose.goals),
    )
