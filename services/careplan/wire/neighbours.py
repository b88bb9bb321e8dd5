"""The neighbours' facts as this service keeps them."""

from datetime import UTC, date, timedelta
from typing import Any
from uuid import UUID

from services.careplan.domain.neighbours.copies import (
    CatalogueEntry,
    ContractLine,
    EnrolmentItem,
    KnownAssessment,
    KnownCentreDecision,
    KnownClient,
    KnownContract,
    KnownDirectChoice,
    KnownEnrolment,
    KnownProvider,
    KnownUnit,
    KnownVoucher,
)
from services.careplan.domain.searches.reroute_case import Loss, RerouteCause
from services.careplan.domain.terms import Arrangement, CareUnit, DeliveryMode
from services.careplan.wire.values import name_of, word, words
from services.chassis.clock import helsinki_date
from services.chassis.values import day_of, id_of
from sote.client.v1 import choice_pb2, client_pb2, guidance_pb2
from sote.client.v1 import events_pb2 as client_events
from sote.package.v1 import enrolment_pb2
from sote.package.v1 import events_pb2 as package_events
from sote.provider.v1 import centre_pb2, contract_pb2, provider_pb2
from sote.provider.v1 import events_pb2 as provider_events
from sote.type.v1 import care_pb2
from sote.voucher.v1 import events_pb2 as voucher_events
from sote.voucher.v1 import reroute_pb2, voucher_pb2


def client(facts: client_events.ClientFacts) -> KnownClient:
    """A client's state and flags."""
    return KnownClient(
        client_id=UUID(facts.client_id),
        status=name_of(client_pb2.ClientState, "CLIENT_STATE_", facts.state),
        attention=tuple(name_of(care_pb2.AttentionKind, "ATTENTION_KIND_", one) for one in facts.attention),
        own_worker_named=facts.own_worker_named,
        version=facts.version,
    )


def assessment(fact: client_events.AssessmentCompleted) -> KnownAssessment:
    """A completed assessment."""
    return KnownAssessment(
        assessment_id=UUID(fact.assessment_id),
        client_id=UUID(fact.client_id),
        completed_date=day_of(fact.completed_date, "completed_date"),
        plan_needed=fact.plan_needed,
    )


def direct_choice(facts: client_events.DirectChoiceFacts) -> KnownDirectChoice:
    """A choice of a centre or a dental unit; it has ended when it tells its last day."""
    return KnownDirectChoice(
        choice_id=UUID(facts.choice_id),
        client_id=UUID(facts.client_id),
        kind=name_of(choice_pb2.DirectChoiceKind, "DIRECT_CHOICE_KIND_", facts.kind),
        provider_id=UUID(facts.provider_id),
        unit_id=UUID(facts.unit_id),
        from_date=day_of(facts.from_date, "from_date"),
        ended_date=day_of(facts.ended_date, "ended_date") if facts.HasField("ended_date") else None,
        version=facts.version,
    )


def support(fact: client_events.GuidanceGiven) -> dict[str, Any] | None:
    """Support given to a client who is known; other guidance moves no search."""
    if fact.kind != guidance_pb2.GUIDANCE_KIND_SUPPORT or not fact.client_id:
        return None
    return {
        "guidance_id": UUID(fact.guidance_id),
        "client_id": UUID(fact.client_id),
        "voucher_id": id_of(fact.voucher_id),
        "given_on": helsinki_date(fact.given_time.ToDatetime(UTC)),
    }


def catalogue_entry(facts: provider_events.CatalogueFacts) -> CatalogueEntry:
    """An entry of the catalogue."""
    unit = word(CareUnit, care_pb2.CareUnit, "CARE_UNIT_", facts.unit)
    if unit is None:
        raise ValueError("a catalogue entry without a unit")
    return CatalogueEntry(
        service_code=facts.service_code,
        name_fi=facts.name_fi,
        name_en=facts.name_en,
        sector=name_of(care_pb2.Sector, "SECTOR_", facts.sector),
        level=name_of(care_pb2.CareLevel, "CARE_LEVEL_", facts.level),
        task=name_of(care_pb2.ServiceTask, "SERVICE_TASK_", facts.task),
        sensitive=facts.sensitive,
        arrangements=words(Arrangement, care_pb2.Arrangement, "ARRANGEMENT_", facts.arrangements),
        unit=unit,
        version=facts.version,
    )


def provider(facts: provider_events.ProviderFacts) -> KnownProvider:
    """A provider with its units."""
    return KnownProvider(
        provider_id=UUID(facts.provider_id),
        name=facts.display_name,
        ownership=name_of(provider_pb2.Ownership, "OWNERSHIP_", facts.ownership),
        roles=tuple(name_of(provider_pb2.ProviderRole, "PROVIDER_ROLE_", role) for role in facts.roles),
        status=name_of(provider_pb2.ProviderState, "PROVIDER_STATE_", facts.state),
        units=tuple(
            KnownUnit(
                UUID(unit.unit_id),
                unit.display_name,
                name_of(provider_pb2.UnitKind, "UNIT_KIND_", unit.kind),
                tuple(unit.area_municipality_codes),
            )
            for unit in facts.units
        ),
        version=facts.version,
    )


def centre_decision(facts: centre_pb2.CentreServiceDecisionFacts) -> KnownCentreDecision:
    """A decision to give a county service at centres."""
    return KnownCentreDecision(
        decision_id=UUID(facts.centre_service_decision_id),
        service_code=facts.service_code,
        unit_ids=tuple(UUID(one) for one in facts.unit_ids),
        from_date=day_of(facts.from_date, "from_date"),
        to_date=day_of(facts.to_date, "to_date") if facts.HasField("to_date") else None,
        version=facts.version,
    )


def contract(facts: provider_events.ContractFacts) -> KnownContract:
    """A contract with its lines and clauses; a contract that ends before its time is known by its last day."""
    last = day_of(facts.valid_to, "valid_to")
    if facts.HasField("termination_effective"):
        last = min(last, day_of(facts.termination_effective, "termination_effective"))
    return KnownContract(
        contract_id=UUID(facts.contract_id),
        provider_id=UUID(facts.provider_id),
        kind=name_of(contract_pb2.ContractKind, "CONTRACT_KIND_", facts.kind),
        status=name_of(contract_pb2.ContractState, "CONTRACT_STATE_", facts.state),
        valid_from=day_of(facts.valid_from, "valid_from"),
        valid_to=last,
        lines=tuple(ContractLine(one.service_code, tuple(UUID(unit) for unit in one.unit_ids)) for one in facts.lines),
        clauses={clause.code: dict(clause.parameters) for clause in facts.clauses},
        version=facts.version,
    )


def unserved_from(facts: provider_events.ContractFacts) -> date | None:
    """The first day a contract that is not in force no longer serves; nothing while it is, or before it ever was."""
    status = facts.state
    if status == contract_pb2.CONTRACT_STATE_SUSPENDED:
        if facts.suspension.HasField("safe_continuation_until"):
            return day_of(facts.suspension.safe_continuation_until, "safe_continuation_until") + timedelta(days=1)
        return day_of(facts.suspension.effective_date, "effective_date")
    if status in (contract_pb2.CONTRACT_STATE_TERMINATED, contract_pb2.CONTRACT_STATE_EXPIRED):
        return contract(facts).valid_to + timedelta(days=1)
    return None


def refusal(fact: voucher_events.VoucherRefused) -> Loss:
    """The client refused the voucher: the county arranges the service otherwise (VOUCHER-3)."""
    return Loss(RerouteCause.VOUCHER_REFUSED, started=fact.voucher.version)


def reroute(fact: voucher_events.VoucherRerouteStarted) -> Loss:
    """How the provider of a voucher was lost."""
    return Loss(
        cause=RerouteCause(name_of(reroute_pb2.RerouteCause, "REROUTE_CAUSE_", fact.cause)),
        provider_id=id_of(fact.provider_id),
        contract_id=id_of(fact.contract_id),
        cut_off=day_of(fact.cut_off_date, "cut_off_date"),
        started=fact.voucher.version,
    )


def voucher(facts: voucher_events.VoucherFacts) -> KnownVoucher:
    """A voucher."""
    return KnownVoucher(
        voucher_id=UUID(facts.voucher_id),
        client_id=UUID(facts.client_id),
        plan_id=id_of(facts.plan_id),
        plan_service_id=id_of(facts.plan_service_id),
        service_code=facts.service_code,
        units_granted=facts.units_granted,
        valid_from=day_of(facts.valid_from, "valid_from"),
        valid_to=day_of(facts.valid_to, "valid_to"),
        provider_id=id_of(facts.provider_id),
        unit_id=id_of(facts.unit_id),
        contract_id=id_of(facts.contract_id),
        status=name_of(voucher_pb2.VoucherState, "VOUCHER_STATE_", facts.state),
        version=facts.version,
        cut_off=day_of(facts.cut_off_date, "cut_off_date") if facts.HasField("cut_off_date") else None,
    )


def enrolment(facts: package_events.EnrolmentFacts) -> KnownEnrolment:
    """An enrolment with its items."""
    return KnownEnrolment(
        enrolment_id=UUID(facts.enrolment_id),
        client_id=UUID(facts.client_id),
        status=name_of(enrolment_pb2.EnrolmentState, "ENROLMENT_STATE_", facts.state),
        items=tuple(_item(item) for item in facts.items),
        version=facts.version,
    )


def _item(facts: package_events.EnrolmentItemFacts) -> EnrolmentItem:
    arrangement = word(Arrangement, care_pb2.Arrangement, "ARRANGEMENT_", facts.arrangement)
    if arrangement is None:
        raise ValueError("an item without an arrangement")
    first: date = day_of(facts.from_date, "from_date")
    return EnrolmentItem(
        item_code=facts.item_code,
        service_code=facts.service_code,
        arrangement=arrangement,
        provider_id=id_of(facts.provider_id),
        units=facts.units,
        unit=word(CareUnit, care_pb2.CareUnit, "CARE_UNIT_", facts.unit),
        from_date=first,
        to_date=day_of(facts.to_date, "to_date"),
        modes=words(DeliveryMode, care_pb2.DeliveryMode, "DELIVERY_MODE_", facts.modes),
        mandatory=facts.mandatory,
    )
