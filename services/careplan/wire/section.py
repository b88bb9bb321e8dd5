"""The section that the integrated record shows of a client's plan (RECORD-1)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from services.careplan.domain.acknowledgements.acknowledgement import Acknowledgement
from services.careplan.domain.consultations.consultation import Consultation
from services.careplan.domain.deliveries.delivery import Deviation
from services.careplan.domain.goals.goal_measurement import GoalMeasurement
from services.careplan.domain.neighbours.copies import CatalogueEntryCopy, ProviderCopy
from services.careplan.domain.plan_versions.plan_version import VersionKind
from services.careplan.domain.plan_versions.publication import PublicationState
from services.careplan.domain.plans.content import ServiceLine
from services.careplan.domain.plans.plan import Plan
from services.careplan.domain.plans.plan_service import PlanService, PlanServiceState
from services.careplan.domain.plans.plan_states import IN_FORCE, PlanState
from services.careplan.domain.searches.reroute_case import RerouteCase
from services.careplan.wire import plans
from services.careplan.wire.searches import reroute_shown
from services.careplan.wire.statutory import section_messages
from services.chassis.values import day, id_text, instant
from services.chassis.words import value_of, values_of
from sote.careplan.v1 import acknowledgement_pb2, consultation_pb2, delivery_pb2, plan_pb2, publication_pb2
from sote.careplan.v1 import section_pb2 as section
from sote.type.v1 import care_pb2


@dataclass(frozen=True)
class OnVoucher:
    """Deliveries on a voucher of a client without a plan, added up."""

    voucher_id: UUID | None
    service_code: str
    provider_id: UUID
    deliveries: int
    units: int
    last: date


@dataclass(frozen=True)
class ShownVersion:
    """A version that came into force, and how it is published."""

    major: int
    minor: int
    kind: VersionKind
    activated_at: datetime
    state: PublicationState
    published_at: datetime | None
    document_oid: str


@dataclass(frozen=True)
class Names:
    """What providers and services are called."""

    providers: Mapping[UUID, ProviderCopy]
    catalogue: Mapping[str, CatalogueEntryCopy]

    def provider(self, provider_id: UUID | None) -> str:
        """A provider's registered name; empty when not known."""
        known = self.providers.get(provider_id) if provider_id else None
        return known.name if known else ""

    def unit(self, provider_id: UUID | None, unit_id: UUID | None) -> str:
        """The name of a unit, the provider's own or a centre where it works; empty when not known."""
        owners = [owner for uid, owner in self.providers.items() if uid == provider_id] + list(self.providers.values())
        units = (owner.unit(unit_id) for owner in owners if unit_id)
        return next((unit.name for unit in units if unit is not None), "")


@dataclass(frozen=True)
class Shown:
    """Everything the section is built from."""

    client_id: UUID
    names: Names
    plan: Plan | None = None
    versions: Sequence[ShownVersion] = ()
    consultations: Sequence[Consultation] = ()
    acknowledgements: Sequence[Acknowledgement] = ()
    deviations: Sequence[Deviation] = ()
    on_vouchers: Sequence[OnVoucher] = field(default_factory=list)
    measurements: Sequence[GoalMeasurement] = ()
    reroutes: Sequence[RerouteCase] = ()


def plan_section(shown: Shown) -> section.PlanSection:
    """The section of one client; without a plan it holds the deliveries on vouchers alone."""
    found = section.PlanSection(
        client_id=str(shown.client_id),
        voucher_deliveries=[_on_voucher(entry, shown.names) for entry in shown.on_vouchers],
        reroutes=[reroute_shown(case) for case in shown.reroutes],
    )
    if shown.plan is not None:
        found.MergeFrom(_of_plan(shown.plan, shown))
    return found


def _of_plan(plan: Plan, shown: Shown) -> section.PlanSection:
    names = shown.names
    return section.PlanSection(
        plan_id=str(plan.id),
        number=plan.number,
        state=value_of(plan_pb2.PlanState, plan.state),
        version_number=plan.version_number,
        version_time=instant(plan.activated_at),
        operator=plans.operator(plan),
        operator_name=names.provider(plan.operator_organisation_id),
        operator_unit_name=names.unit(plan.operator_organisation_id, plan.operator_unit_id),
        assessment_id=str(plan.assessment_id),
        review_due=day(plan.review_due),
        end_date=day(plan.ended_on),
        goals=[plans.goal(goal) for goal in (plan.goals if plan.major else plan.drawn_up().goals)],
        services=_services(plan, names),
        acknowledgements=[_acknowledgement(acknowledgement, names) for acknowledgement in shown.acknowledgements],
        consultations=[
            _consultation(consultation, names) for consultation in shown.consultations if not consultation.superseded
        ],
        deviations=[_deviation(deviation, names) for deviation in shown.deviations],
        versions=[_version(version) for version in shown.versions],
        measurements=[plans.goal_measurement(measurement, plan) for measurement in shown.measurements],
        under_review=plan.state is PlanState.UNDER_REVIEW,
        client_view=plan.client_view if plan.major else plan.drawn_up().client_view,
        statutory_sections=section_messages(
            plan.statutory_sections if plan.major else plan.drawn_up().statutory_sections
        ),
    )


def _services(plan: Plan, names: Names) -> list[section.PlanSectionService]:
    """The services in force (all, done ones too), or those of the draft when no version ever was."""
    if plan.major or plan.state in IN_FORCE:
        return [_service(service.line(), names, service) for service in plan.services]
    return [_service(line, names, None) for line in plan.drawn_up().services]


def _service(line: ServiceLine, names: Names, process: PlanService | None) -> section.PlanSectionService:
    entry = names.catalogue.get(line.service_code)
    state = process.state if process else PlanServiceState.PLANNED
    found = section.PlanSectionService(
        plan_service_id=str(line.plan_service_id),
        service_code=line.service_code,
        name_fi=entry.name_fi if entry else "",
        name_en=entry.name_en if entry else "",
        sector=value_of(care_pb2.Sector, entry.sector if entry else None),
        level=value_of(care_pb2.CareLevel, entry.level if entry else None),
        task=value_of(care_pb2.ServiceTask, entry.task if entry else None),
        sensitive=line.sensitive,
        arrangement=value_of(care_pb2.Arrangement, line.arrangement),
        provider_id=id_text(line.provider_id),
        provider_name=names.provider(line.provider_id),
        unit_id=id_text(line.unit_id),
        unit_name=names.unit(line.provider_id, line.unit_id),
        contract_id=id_text(line.contract_id),
        enrolment_id=id_text(line.enrolment_id),
        item_code=line.item_code,
        units=line.units,
        unit=value_of(care_pb2.CareUnit, line.unit),
        frequency=line.frequency,
        from_date=day(line.from_date),
        to_date=day(line.to_date),
        modes=values_of(care_pb2.DeliveryMode, line.modes),
        state=value_of(plan_pb2.PlanServiceState, state),
        goal_ids=[str(goal_id) for goal_id in line.goal_ids],
    )
    if process:
        progress = section.PlanSectionService(
            voucher_id=id_text(process.voucher_id),
            units_delivered=process.units_delivered,
            deliveries=process.deliveries,
            last_delivery_date=day(process.last_delivery_date),
            resting_from_date=day(process.resting_from),
        )
        found.MergeFrom(progress)
    return found


def _acknowledgement(acknowledgement: Acknowledgement, names: Names) -> section.PlanSectionAcknowledgement:
    return section.PlanSectionAcknowledgement(
        provider_id=str(acknowledgement.provider_id),
        provider_name=names.provider(acknowledgement.provider_id),
        version_number=f"{acknowledgement.major}.{acknowledgement.minor}",
        state=value_of(acknowledgement_pb2.AcknowledgementState, acknowledgement.state),
        due_date=day(acknowledgement.due),
        response_time=instant(acknowledgement.responded_at),
    )


def _consultation(consultation: Consultation, names: Names) -> section.PlanSectionConsultation:
    return section.PlanSectionConsultation(
        provider_id=str(consultation.provider_id),
        provider_name=names.provider(consultation.provider_id),
        for_major=consultation.for_major,
        state=value_of(consultation_pb2.ConsultationState, consultation.state),
        due_date=day(consultation.due),
        resolved=bool(consultation.resolution),
    )


def _deviation(deviation: Deviation, names: Names) -> section.PlanSectionDeviation:
    return section.PlanSectionDeviation(
        deviation_id=str(deviation.id),
        plan_service_id=id_text(deviation.plan_service_id),
        provider_id=str(deviation.provider_id),
        provider_name=names.provider(deviation.provider_id),
        service_code=deviation.service_code,
        kind=value_of(delivery_pb2.DeviationKind, deviation.kind),
        cause=value_of(delivery_pb2.DeviationCause, deviation.cause),
        service_date=day(deviation.service_date),
        state=value_of(delivery_pb2.DeviationState, deviation.state),
    )


def _version(version: ShownVersion) -> section.PlanSectionVersion:
    return section.PlanSectionVersion(
        number=f"{version.major}.{version.minor}",
        kind=value_of(plan_pb2.PlanVersionKind, version.kind),
        activated_time=instant(version.activated_at),
        publication=value_of(publication_pb2.PublicationState, version.state),
        publish_time=instant(version.published_at),
        document_oid=version.document_oid,
    )


def _on_voucher(entry: OnVoucher, names: Names) -> section.VoucherDeliveries:
    return section.VoucherDeliveries(
        voucher_id=id_text(entry.voucher_id),
        service_code=entry.service_code,
        provider_id=str(entry.provider_id),
        provider_name=names.provider(entry.provider_id),
        deliveries=entry.deliveries,
        units=entry.units,
        last_delivery_date=day(entry.last),
    )
