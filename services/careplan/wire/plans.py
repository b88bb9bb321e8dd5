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
    it: Plan, consultations: Iterable[Consultation] = (), acknowledgements: Iterable[Acknowledgement] = ()
) -> plan_pb2.Plan:
    """The resource Plan."""
    return plan_pb2.Plan(
        name=resource_name("plans", it.id),
        uid=str(it.id),
        etag=plan_etag(it),
        create_time=instant(it.created_at),
        update_time=instant(it.updated_at),
        number=it.number,
        client_id=str(it.client_id),
        operator=operator(it),
        state=value_of(plan_pb2.PlanState, it.state),
        major=it.major,
        minor=it.minor,
        assessment_id=str(it.assessment_id),
        goals=[goal(each) for each in it.goals],
        services=[planned_service(service) for service in it.services],
        draft=None if it.draft is None else _draft(it, it.draft),
        consultations=[consultation(each) for each in consultations if not each.superseded],
        acknowledgements=[acknowledgement(each) for each in acknowledgements],
        review_due=day(it.review_due),
        end_date=day(it.ended_on),
        end_reason=it.last_reason if it.state not in OPEN else "",
        predecessor_id=id_text(it.predecessor_id),
        statutory_sections=section_messages(it.statutory_sections),
    )


def operator(it: Plan) -> plan_pb2.Operator:
    """Who is responsible."""
    return plan_pb2.Operator(
        organisation_id=str(it.operator_organisation_id),
        unit_id=str(it.operator_unit_id),
        kind=value_of(care_pb2.OperatorKind, it.operator_kind),
        epoch=it.operator_epoch,
    )


def _draft(it: Plan, draft: Content) -> plan_pb2.PlanDraft:
    return plan_pb2.PlanDraft(
        goals=[goal(each) for each in draft.goals],
        services=[line(service) for service in draft.services],
        client_view=draft.client_view,
        cause=value_of(plan_pb2.ReviewCause, it.review_cause),
        consulting=it.consulting,
        statutory_sections=section_messages(draft.statutory_sections),
    )


def goal(it: Goal) -> plan_pb2.Goal:
    """A goal."""
    return plan_pb2.Goal(
        goal_id=str(it.goal_id),
        text=it.text,
        needs=values_of(care_pb2.NeedDomain, it.needs),
        baseline=it.baseline,
        target=it.target,
    )


def line(it: ServiceLine) -> plan_pb2.ServiceLine:
    """What a plan says about a service."""
    return plan_pb2.ServiceLine(
        plan_service_id=str(it.plan_service_id),
        service_code=it.service_code,
        arrangement=value_of(care_pb2.Arrangement, it.arrangement),
        provider_id=id_text(it.provider_id),
        unit_id=id_text(it.unit_id),
        contract_id=id_text(it.contract_id),
        units=it.units,
        unit=value_of(care_pb2.CareUnit, it.unit),
        frequency=it.frequency,
        from_date=day(it.from_date),
        to_date=day(it.to_date),
        modes=values_of(care_pb2.DeliveryMode, it.modes),
        mode_text=it.mode_text,
        goal_ids=[str(goal_id) for goal_id in it.goal_ids],
        enrolment_id=id_text(it.enrolment_id),
        item_code=it.item_code,
        sensitive=it.sensitive,
    )


def planned_service(it: PlanService) -> plan_pb2.PlannedService:
    """A service in force."""
    return plan_pb2.PlannedService(
        line=line(it.line()),
        state=value_of(plan_pb2.PlanServiceState, it.state),
        voucher_id=id_text(it.voucher_id),
        units_delivered=it.units_delivered,
        deliveries=it.deliveries,
        last_delivery_date=day(it.last_delivery_date),
        resting_from_date=day(it.resting_from),
    )


def version(it: PlanVersion) -> plan_pb2.PlanVersion:
    """The resource PlanVersion."""
    return plan_pb2.PlanVersion(
        name=f"{resource_name('plans', it.plan_id)}/versions/{it.number}",
        major=it.major,
        minor=it.minor,
        kind=value_of(plan_pb2.PlanVersionKind, it.kind),
        assessment_id=str(it.assessment_id),
        activated_time=instant(it.activated_at),
        supersedes=it.supersedes,
        digest=it.digest,
        goals=[goal(each) for each in it.content.goals],
        services=[line(service) for service in it.content.services],
        client_view=it.content.client_view,
        statutory_sections=section_messages(it.content.statutory_sections),
    )


def consultation(it: Consultation) -> consultation_pb2.Consultation:
    """The resource Consultation."""
    return consultation_pb2.Consultation(
        name=resource_name("consultations", it.id),
        uid=str(it.id),
        plan_id=str(it.plan_id),
        client_id=str(it.client_id),
        provider_id=str(it.provider_id),
        for_major=it.for_major,
        plan_service_ids=[str(each) for each in it.plan_service_ids],
        state=value_of(consultation_pb2.ConsultationState, it.state),
        due_date=day(it.due),
        create_time=instant(it.created_at),
        response_time=instant(it.responded_at),
        text=it.text,
        resolution=it.resolution,
        resolve_due_date=day(it.resolve_due),
    )


def acknowledgement(it: Acknowledgement) -> acknowledgement_pb2.Acknowledgement:
    """The resource Acknowledgement."""
    return acknowledgement_pb2.Acknowledgement(
        name=resource_name("acknowledgements", it.id),
        uid=str(it.id),
        plan_id=str(it.plan_id),
        client_id=str(it.client_id),
        provider_id=str(it.provider_id),
        major=it.major,
        minor=it.minor,
        state=value_of(acknowledgement_pb2.AcknowledgementState, it.state),
        due_date=day(it.due),
        create_time=instant(it.created_at),
        response_time=instant(it.responded_at),
        refusal_reason=value_of(acknowledgement_pb2.RefusalReason, it.refusal_reason),
        breach=it.breach,
    )


def delivery(it: Delivery, deviation: Deviation | None) -> delivery_pb2.Delivery:
    """The resource Delivery."""
    return delivery_pb2.Delivery(
        name=resource_name("deliveries", it.id),
        uid=str(it.id),
        create_time=instant(it.created_at),
        client_id=str(it.client_id),
        plan_id=id_text(it.plan_id),
        plan_service_id=id_text(it.plan_service_id),
        voucher_id=id_text(it.voucher_id),
        provider_id=str(it.provider_id),
        service_code=it.service_code,
        service_date=day(it.service_date),
        units=it.units,
        mode=value_of(care_pb2.DeliveryMode, it.mode),
        place=it.place,
        performer_title=it.performer_title,
        external_ref=it.external_ref,
        urgent=it.urgent,
        conforms=it.conforms,
        early=it.early,
        deviation=value_of(delivery_pb2.DeviationKind, deviation.kind if deviation else None),
        cause=value_of(delivery_pb2.DeviationCause, deviation.cause if deviation else None),
    )


def goal_measurement(it: GoalMeasurement, whose: Plan) -> plan_pb2.GoalMeasurement:
    """Where the client stood on a goal."""
    return plan_pb2.GoalMeasurement(
        goal_id=str(it.goal_id),
        step=it.step,
        measured_date=day(it.measured_on),
        note=it.note,
        attained=it.attained(whose.goals),
    )
