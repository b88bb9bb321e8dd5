"""What this service announces about vouchers, and what the neighbours' facts say in the words of the copies."""

from datetime import UTC, date, timedelta
from uuid import UUID

from services.chassis.values import day, day_of, id_of, id_text
from services.voucher.domain.neighbours import (
    Arrangement,
    AssessmentCopy,
    CareUnit,
    CatalogueCopy,
    ClientCopy,
    ContractCopy,
    ContractLine,
    DecisionCopy,
    DeliveryCopy,
    DirectChoiceCopy,
    GuidanceCopy,
    PlanCopy,
    PlanServiceCopy,
    ProviderCopy,
    UnitCopy,
)
from services.voucher.domain.voucher import Voucher
from sote.careplan.v1 import events_pb2 as careplan
from sote.careplan.v1 import plan_pb2
from sote.client.v1 import choice_pb2, client_pb2, decision_pb2, guidance_pb2
from sote.client.v1 import events_pb2 as client
from sote.provider.v1 import contract_pb2, provider_pb2
from sote.provider.v1 import events_pb2 as provider
from sote.type.v1 import care_pb2
from sote.voucher.v1 import events_pb2, voucher_pb2


def voucher_facts(value: Voucher) -> events_pb2.VoucherFacts:
    """A voucher as the other services may know it (INV-25)."""
    return events_pb2.VoucherFacts(
        voucher_id=str(value.id),
        number=value.number,
        client_id=str(value.client_id),
        assessment_id=str(value.assessment_id),
        decision_id=str(value.decision_id),
        plan_id=id_text(value.plan_id),
        plan_service_id=id_text(value.plan_service_id),
        enrolment_id=id_text(value.enrolment_id),
        item_code=value.item_code,
        service_code=value.service_code,
        unit=care_pb2.CareUnit.Value(f"CARE_UNIT_{value.unit}"),
        units_granted=value.units_granted,
        units_redeemed=value.units_redeemed,
        valid_from=day(value.valid_from),
        valid_to=day(value.valid_to),
        provider_id=id_text(value.provider_id),
        unit_id=id_text(value.unit_id),
        contract_id=id_text(value.contract_id),
        state=voucher_pb2.VoucherState.Value(f"VOUCHER_STATE_{value.state}"),
        version=value.version,
        cut_off_date=day(value.cut_off),
    )


def client_copy(facts: client.ClientFacts) -> ClientCopy:
    """A client as told."""
    return ClientCopy(
        client_id=UUID(facts.client_id),
        status=client_pb2.ClientState.Name(facts.state).removeprefix("CLIENT_STATE_"),
        attention=tuple(care_pb2.AttentionKind.Name(kind).removeprefix("ATTENTION_KIND_") for kind in facts.attention),
        version=facts.version,
    )


def assessment_copy(fact: client.AssessmentCompleted) -> AssessmentCopy:
    """A completed assessment as told."""
    return AssessmentCopy(
        assessment_id=UUID(fact.assessment_id),
        client_id=UUID(fact.client_id),
        performing_organisation_id=UUID(fact.performing_organisation_id),
        completed_date=day_of(fact.completed_date, "completed_date"),
    )


def withdrawn_assessment(fact: client.AssessmentCancelled | client.AssessmentSuperseded) -> AssessmentCopy:
    """An assessment nothing new may rest on."""
    return AssessmentCopy(UUID(fact.assessment_id), UUID(fact.client_id), withdrawn=True)


def decision_copy(fact: client.DecisionMade | client.DecisionChanged) -> DecisionCopy:
    """A decision as told, with the day its change counts from; one that grants nothing grants no day."""
    granted = fact.HasField("from_date")
    return DecisionCopy(
        decision_id=UUID(fact.decision_id),
        assessment_id=UUID(fact.assessment_id),
        client_id=UUID(fact.client_id),
        service_code=fact.service_code,
        outcome=decision_pb2.DecisionOutcome.Name(fact.outcome).removeprefix("DECISION_OUTCOME_"),
        units=fact.units,
        from_date=day_of(fact.from_date, "from_date") if granted else date.max,
        to_date=day_of(fact.to_date, "to_date") if granted else date.min,
        version=fact.version,
        effective=_counts_from(fact),
    )


def _counts_from(fact: client.DecisionMade | client.DecisionChanged) -> date | None:
    return day_of(fact.effective_date, "effective_date") if isinstance(fact, client.DecisionChanged) else None


def guidance_copy(fact: client.GuidanceGiven) -> GuidanceCopy | None:
    """Guidance for a voucher's choice as told; None when it was for something else."""
    if not fact.voucher_id:
        return None
    return GuidanceCopy(
        guidance_id=UUID(fact.guidance_id),
        voucher_id=UUID(fact.voucher_id),
        client_id=id_of(fact.client_id),
        kind=guidance_pb2.GuidanceKind.Name(fact.kind).removeprefix("GUIDANCE_KIND_"),
        given_time=fact.given_time.ToDatetime(tzinfo=UTC),
    )


def choice_copy(facts: client.DirectChoiceFacts) -> DirectChoiceCopy:
    """A direct choice as told."""
    return DirectChoiceCopy(
        choice_id=UUID(facts.choice_id),
        client_id=UUID(facts.client_id),
        kind=choice_pb2.DirectChoiceKind.Name(facts.kind).removeprefix("DIRECT_CHOICE_KIND_"),
        provider_id=UUID(facts.provider_id),
        from_date=day_of(facts.from_date, "from_date"),
        ended_date=day_of(facts.ended_date, "ended_date") if facts.HasField("ended_date") else None,
        version=facts.version,
    )


def plan_copy(facts: careplan.PlanFacts) -> PlanCopy:
    """A plan as told, without its services."""
    return PlanCopy(
        plan_id=UUID(facts.plan_id),
        client_id=UUID(facts.client_id),
        status=plan_pb2.PlanState.Name(facts.state).removeprefix("PLAN_STATE_"),
        version=facts.version,
        major=facts.major,
    )


def plan_service_copies(facts: careplan.PlanFacts) -> list[PlanServiceCopy]:
    """The services of a plan as told."""
    return [_plan_service(facts, one) for one in facts.services]


def _plan_service(facts: careplan.PlanFacts, one: careplan.PlanServiceFacts) -> PlanServiceCopy:
    return PlanServiceCopy(
        plan_service_id=UUID(one.plan_service_id),
        plan_id=UUID(facts.plan_id),
        client_id=UUID(facts.client_id),
        service_code=one.service_code,
        arrangement=Arrangement(care_pb2.Arrangement.Name(one.arrangement).removeprefix("ARRANGEMENT_")),
        status=plan_pb2.PlanServiceState.Name(one.state).removeprefix("PLAN_SERVICE_STATE_"),
        provider_id=id_of(one.provider_id),
        unit_id=id_of(one.unit_id),
        contract_id=id_of(one.contract_id),
        voucher_id=id_of(one.voucher_id),
        enrolment_id=id_of(one.enrolment_id),
        item_code=one.item_code,
        units=one.units,
        unit=care_pb2.CareUnit.Name(one.unit).removeprefix("CARE_UNIT_"),
        from_date=day_of(one.from_date, "from_date") if one.HasField("from_date") else None,
        to_date=day_of(one.to_date, "to_date") if one.HasField("to_date") else None,
        units_delivered=one.units_delivered,
    )


def delivery_copy(fact: careplan.DeliveryRecorded) -> DeliveryCopy:
    """A delivery as told."""
    return DeliveryCopy(
        delivery_id=UUID(fact.delivery_id),
        client_id=UUID(fact.client_id),
        plan_service_id=id_of(fact.plan_service_id),
        voucher_id=id_of(fact.voucher_id),
        provider_id=UUID(fact.provider_id),
        service_code=fact.service_code,
        service_date=day_of(fact.service_date, "service_date"),
        units=fact.units,
        mode=care_pb2.DeliveryMode.Name(fact.mode).removeprefix("DELIVERY_MODE_"),
    )


def provider_copy(facts: provider.ProviderFacts) -> ProviderCopy:
    """A provider as told, with its units."""
    provider_id = UUID(facts.provider_id)
    return ProviderCopy(
        provider_id=provider_id,
        business_id=facts.business_id,
        display_name=facts.display_name,
        roles=tuple(provider_pb2.ProviderRole.Name(role).removeprefix("PROVIDER_ROLE_") for role in facts.roles),
        status=provider_pb2.ProviderState.Name(facts.state).removeprefix("PROVIDER_STATE_"),
        version=facts.version,
        units=tuple(_unit(provider_id, unit) for unit in facts.units),
        ownership=provider_pb2.Ownership.Name(facts.ownership).removeprefix("OWNERSHIP_"),
    )


def _unit(provider_id: UUID, unit: provider_pb2.UnitFacts) -> UnitCopy:
    return UnitCopy(
        unit_id=UUID(unit.unit_id),
        provider_id=provider_id,
        code=unit.code,
        display_name=unit.display_name,
        municipality_code=unit.municipality_code,
        modes=tuple(care_pb2.DeliveryMode.Name(mode).removeprefix("DELIVERY_MODE_") for mode in unit.modes),
        languages=tuple(unit.languages),
        capacity=unit.capacity,
    )


def catalogue_copy(facts: provider.CatalogueFacts) -> CatalogueCopy:
    """A catalogue entry as told."""
    return CatalogueCopy(
        service_code=facts.service_code,
        name_fi=facts.name_fi,
        name_en=facts.name_en,
        task=care_pb2.ServiceTask.Name(facts.task).removeprefix("SERVICE_TASK_"),
        arrangements=tuple(care_pb2.Arrangement.Name(one).removeprefix("ARRANGEMENT_") for one in facts.arrangements),
        unit=CareUnit(care_pb2.CareUnit.Name(facts.unit).removeprefix("CARE_UNIT_")),
        reference_price_cents=facts.reference_price.cents,
        fee_rule=facts.fee_rule,
        statutory_right=facts.statutory_right,
        version=facts.version,
    )


def contract_copy(facts: provider.ContractFacts) -> ContractCopy:
    """A contract as told, with its lines."""
    contract_id = UUID(facts.contract_id)
    ends = facts.HasField("termination_effective")
    pause = facts.suspension
    return ContractCopy(
        contract_id=contract_id,
        number=facts.number,
        provider_id=UUID(facts.provider_id),
        kind=contract_pb2.ContractKind.Name(facts.kind).removeprefix("CONTRACT_KIND_"),
        status=contract_pb2.ContractState.Name(facts.state).removeprefix("CONTRACT_STATE_"),
        valid_from=day_of(facts.valid_from, "valid_from"),
        valid_to=day_of(facts.valid_to, "valid_to"),
        termination_effective=day_of(facts.termination_effective, "termination_effective") if ends else None,
        version=facts.version,
        lines=tuple(_line(contract_id, line) for line in facts.lines),
        suspended_from=_day_in(pause, "effective_date"),
        served_until=_day_in(pause, "safe_continuation_until"),
    )


def first_day_unserved(pause: contract_pb2.SuspensionFacts) -> date:
    """The first day clients are not served: after the safe continuation, or from when the suspension counts."""
    until = _day_in(pause, "safe_continuation_until")
    return day_of(pause.effective_date, "effective_date") if until is None else until + timedelta(days=1)


def _day_in(pause: contract_pb2.SuspensionFacts, field: str) -> date | None:
    return day_of(getattr(pause, field), field) if pause.HasField(field) else None  # type: ignore[arg-type]


def _line(contract_id: UUID, line: contract_pb2.ServiceLineFacts) -> ContractLine:
    return ContractLine(
        contract_id=contract_id,
        service_code=line.service_code,
        unit_ids=tuple(UUID(unit) for unit in line.unit_ids),
        unit_price_cents=line.unit_price.cents,
        voucher=line.voucher,
        capacity=line.capacity,
        max_new_clients_month=line.max_new_clients_month,
    )
