"""Facts as they are announced; none holds a name, an identity code, an address or free text (INV-25)."""

from collections.abc import Iterable
from uuid import UUID

from services.careplan.domain.acknowledgements.acknowledgement import Acknowledgement
from services.careplan.domain.consultations.consultation import Consultation
from services.careplan.domain.deliveries.delivery import Delivery, Deviation, DeviationState
from services.careplan.domain.plans.content import ServiceLine
from services.careplan.domain.plans.plan import Plan
from services.careplan.domain.plans.plan_service import PlanServiceState
from services.careplan.domain.plans.plan_states import IN_FORCE
from services.chassis.clock import helsinki_date
from services.chassis.values import day, id_text
from services.chassis.words import value_of, values_of
from sote.careplan.v1 import consultation_pb2, delivery_pb2, events_pb2, plan_pb2
from sote.type.v1 import care_pb2


def plan_facts(plan: Plan, *, with_planned: bool = False) -> events_pb2.PlanFacts:
    """The plan as others may know it: the services in force, or of the draft when none is.

    `with_planned` adds the services of a review that are not yet in force, as PLANNED.
    """
    return events_pb2.PlanFacts(
        plan_id=str(plan.id),
        number=plan.number,
        client_id=str(plan.client_id),
        operator_organisation_id=str(plan.operator_organisation_id),
        operator_unit_id=str(plan.operator_unit_id),
        operator_kind=value_of(care_pb2.OperatorKind, plan.operator_kind),
        state=value_of(plan_pb2.PlanState, plan.state),
        major=plan.major,
        minor=plan.minor,
        assessment_id=str(plan.assessment_id),
        services=_services(plan, with_planned),
        version=plan.fact_version,
        operator_epoch=plan.operator_epoch,
        in_force_from=day(None if plan.activated_at is None else helsinki_date(plan.activated_at)),
    )


def _services(plan: Plan, with_planned: bool) -> list[events_pb2.PlanServiceFacts]:
    present = {service.id: service for service in plan.services}
    found = []
    for service in plan.services:
        # A service in force that an enrolment is linked to in a review is announced with that link.
        linked = plan.drawn_up().line(service.id) if with_planned else None
        facts = _service(linked or service.line(), service.state, id_text(service.voucher_id))
        facts.units_delivered = service.units_delivered
        found.append(facts)
    if with_planned or plan.state not in IN_FORCE:
        new = (line for line in plan.drawn_up().services if line.plan_service_id not in present)
        found.extend(_service(line, PlanServiceState.PLANNED, "") for line in new)
    return found


def _service(line: ServiceLine, state: PlanServiceState, voucher_id: str) -> events_pb2.PlanServiceFacts:
    return events_pb2.PlanServiceFacts(
        plan_service_id=str(line.plan_service_id),
        service_code=line.service_code,
        arrangement=value_of(care_pb2.Arrangement, line.arrangement),
        provider_id=id_text(line.provider_id),
        unit_id=id_text(line.unit_id),
        contract_id=id_text(line.contract_id),
        voucher_id=voucher_id,
        enrolment_id=id_text(line.enrolment_id),
        item_code=line.item_code,
        units=line.units,
        unit=value_of(care_pb2.CareUnit, line.unit),
        from_date=day(line.from_date),
        to_date=day(line.to_date),
        modes=values_of(care_pb2.DeliveryMode, line.modes),
        state=value_of(plan_pb2.PlanServiceState, state),
    )


def consultation_requested(consultation: Consultation) -> events_pb2.ConsultationRequested:
    """A provider is asked about a draft."""
    return events_pb2.ConsultationRequested(
        consultation_id=str(consultation.id),
        plan_id=str(consultation.plan_id),
        client_id=str(consultation.client_id),
        provider_id=str(consultation.provider_id),
        due_date=day(consultation.due),
    )


def consultation_responded(consultation: Consultation) -> events_pb2.ConsultationResponded:
    """A provider answered."""
    return events_pb2.ConsultationResponded(
        consultation_id=str(consultation.id),
        plan_id=str(consultation.plan_id),
        provider_id=str(consultation.provider_id),
        outcome=value_of(consultation_pb2.ConsultationOutcome, consultation.state),
    )


def consultation_timed_out(consultation: Consultation) -> events_pb2.ConsultationTimedOut:
    """A provider did not answer in time."""
    return events_pb2.ConsultationTimedOut(
        consultation_id=str(consultation.id),
        plan_id=str(consultation.plan_id),
        provider_id=str(consultation.provider_id),
    )


def acknowledgement_requested(acknowledgement: Acknowledgement) -> events_pb2.AcknowledgementRequested:
    """A provider is asked to acknowledge a version."""
    return events_pb2.AcknowledgementRequested(
        plan_id=str(acknowledgement.plan_id),
        client_id=str(acknowledgement.client_id),
        provider_id=str(acknowledgement.provider_id),
        major=acknowledgement.major,
        minor=acknowledgement.minor,
        due_date=day(acknowledgement.due),
    )


def plan_acknowledged(acknowledgement: Acknowledgement) -> events_pb2.PlanAcknowledged:
    """A provider acknowledged the version it was asked on."""
    return events_pb2.PlanAcknowledged(
        plan_id=str(acknowledgement.plan_id),
        client_id=str(acknowledgement.client_id),
        provider_id=str(acknowledgement.provider_id),
        major=acknowledgement.major,
        minor=acknowledgement.minor,
    )


def plan_fully_acknowledged(plan: Plan) -> events_pb2.PlanFullyAcknowledged:
    """No acknowledgement is missing."""
    return events_pb2.PlanFullyAcknowledged(
        plan_id=str(plan.id), client_id=str(plan.client_id), major=plan.major, minor=plan.minor
    )


def plan_refused(acknowledgement: Acknowledgement, contract_ids: Iterable[UUID]) -> events_pb2.PlanRefusedByProvider:
    """A provider refused what it serves by these contracts."""
    return events_pb2.PlanRefusedByProvider(
        plan_id=str(acknowledgement.plan_id),
        client_id=str(acknowledgement.client_id),
        provider_id=str(acknowledgement.provider_id),
        reason_code=acknowledgement.refusal_reason.value if acknowledgement.refusal_reason else "",
        contract_ids=[str(contract_id) for contract_id in contract_ids],
        major=acknowledgement.major,
        minor=acknowledgement.minor,
    )


def acknowledgement_overdue(
    acknowledgement: Acknowledgement, contract_ids: Iterable[UUID]
) -> events_pb2.AcknowledgementOverdue:
    """An acknowledgement of what is served by these contracts did not come in time."""
    return events_pb2.AcknowledgementOverdue(
        plan_id=str(acknowledgement.plan_id),
        client_id=str(acknowledgement.client_id),
        provider_id=str(acknowledgement.provider_id),
        contract_ids=[str(contract_id) for contract_id in contract_ids],
        major=acknowledgement.major,
        minor=acknowledgement.minor,
    )


def delivery_recorded(delivery: Delivery) -> events_pb2.DeliveryRecorded:
    """A delivery, as planned or not."""
    return events_pb2.DeliveryRecorded(
        delivery_id=str(delivery.id),
        client_id=str(delivery.client_id),
        plan_id=id_text(delivery.plan_id),
        plan_service_id=id_text(delivery.plan_service_id),
        voucher_id=id_text(delivery.voucher_id),
        provider_id=str(delivery.provider_id),
        service_code=delivery.service_code,
        service_date=day(delivery.service_date),
        units=delivery.units,
        mode=value_of(care_pb2.DeliveryMode, delivery.mode),
        conforms=delivery.conforms,
        early=delivery.early,
    )


def deviation_reported(deviation: Deviation) -> events_pb2.PlanDeviationReported:
    """A delivery was not as planned."""
    return events_pb2.PlanDeviationReported(
        deviation_id=str(deviation.id),
        plan_id=str(deviation.plan_id),
        client_id=str(deviation.client_id),
        plan_service_id=id_text(deviation.plan_service_id),
        provider_id=str(deviation.provider_id),
        kind=value_of(delivery_pb2.DeviationKind, deviation.kind),
    )


def deviation_judged(deviation: Deviation) -> events_pb2.PlanDeviationJudged:
    """A deviation was judged."""
    return events_pb2.PlanDeviationJudged(
        deviation_id=str(deviation.id),
        plan_id=str(deviation.plan_id),
        client_id=str(deviation.client_id),
        plan_service_id=id_text(deviation.plan_service_id),
        provider_id=str(deviation.provider_id),
        contract_id=id_text(deviation.contract_id),
        kind=value_of(delivery_pb2.DeviationKind, deviation.kind),
        justified=deviation.state is DeviationState.JUSTIFIED,
    )
