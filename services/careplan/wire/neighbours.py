"""The neighbours' facts as the copies that this service stores; words of a later release are carried."""

from datetime import UTC, date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from services.careplan.domain.neighbours.copies import (
    AssessmentCopy,
    CatalogueEntryCopy,
    CentreDecisionCopy,
    ClientCopy,
    ContractCopy,
    ContractLine,
    DirectChoiceCopy,
    EnrolmentCopy,
    EnrolmentItem,
    ProviderCopy,
    UnitCopy,
    VoucherCopy,
)
from services.careplan.domain.searches.reroute_case import Loss, RerouteCause
from services.careplan.domain.searches.support import Support
from services.chassis.clock import helsinki_date
from services.chassis.values import day_of, id_of
from services.chassis.words import name_of, word_or_none, words
from services.kernel.care import Arrangement, CareUnit, DeliveryMode
from services.kernel.representing import GuardianDenialCopy, RepresentativeCopy
from sote.client.v1 import choice_pb2, client_pb2, consent_pb2, guidance_pb2, representative_pb2
from sote.client.v1 import events_pb2 as client_events
from sote.package.v1 import enrolment_pb2
from sote.package.v1 import events_pb2 as package_events
from sote.provider.v1 import centre_pb2, contract_pb2, provider_pb2
from sote.provider.v1 import events_pb2 as provider_events
from sote.type.v1 import care_pb2
from sote.voucher.v1 import events_pb2 as voucher_events
from sote.voucher.v1 import reroute_pb2, voucher_pb2

if TYPE_CHECKING:
    from google.protobuf.internal.enum_type_wrapper import _EnumTypeWrapper as WireEnum


def client(facts: client_events.ClientFacts) -> ClientCopy:
    """A client's state and flags."""
    return ClientCopy(
        client_id=UUID(facts.client_id),
        state=_text(client_pb2.ClientState, facts.state),
        attention=tuple(_text(care_pb2.AttentionKind, flag) for flag in facts.attention),
        own_worker_named=facts.own_worker_named,
        version=facts.version,
    )


def assessment(fact: client_events.AssessmentCompleted) -> AssessmentCopy:
    """A completed assessment."""
    return AssessmentCopy(
        assessment_id=UUID(fact.assessment_id),
        client_id=UUID(fact.client_id),
        completed_date=day_of(fact.completed_date, "completed_date"),
        plan_needed=fact.plan_needed,
    )


def direct_choice(facts: client_events.DirectChoiceFacts) -> DirectChoiceCopy:
    """A choice of a centre or a dental unit; it has ended when it has a last day."""
    return DirectChoiceCopy(
        choice_id=UUID(facts.choice_id),
        client_id=UUID(facts.client_id),
        kind=_text(choice_pb2.DirectChoiceKind, facts.kind),
        provider_id=UUID(facts.provider_id),
        unit_id=UUID(facts.unit_id),
        from_date=day_of(facts.from_date, "from_date"),
        ended_date=day_of(facts.ended_date, "ended_date") if facts.HasField("ended_date") else None,
        version=facts.version,
    )


def support(fact: client_events.GuidanceGiven) -> Support | None:
    """Support given to a client who is known; other guidance moves no search."""
    if fact.kind != guidance_pb2.GUIDANCE_KIND_SUPPORT or not fact.client_id:
        return None
    return Support(
        guidance_id=UUID(fact.guidance_id),
        client_id=UUID(fact.client_id),
        voucher_id=id_of(fact.voucher_id),
        given_on=helsinki_date(fact.given_time.ToDatetime(UTC)),
    )


def catalogue_entry(facts: provider_events.CatalogueFacts) -> CatalogueEntryCopy:
    """An entry of the catalogue."""
    return CatalogueEntryCopy(
        service_code=facts.service_code,
        name_fi=facts.name_fi,
        name_en=facts.name_en,
        sector=_text(care_pb2.Sector, facts.sector),
        level=_text(care_pb2.CareLevel, facts.level),
        task=_text(care_pb2.ServiceTask, facts.task),
        sensitive=facts.sensitive,
        arrangements=words(Arrangement, care_pb2.Arrangement, facts.arrangements),
        unit=_text(care_pb2.CareUnit, facts.unit),
        version=facts.version,
    )


def provider(facts: provider_events.ProviderFacts) -> ProviderCopy:
    """A provider with its units."""
    return ProviderCopy(
        provider_id=UUID(facts.provider_id),
        name=facts.display_name,
        ownership=_text(provider_pb2.Ownership, facts.ownership),
        roles=tuple(_text(provider_pb2.ProviderRole, role) for role in facts.roles),
        state=_text(provider_pb2.ProviderState, facts.state),
        units=tuple(
            UnitCopy(
                UUID(unit.unit_id),
                unit.display_name,
                _text(provider_pb2.UnitKind, unit.kind),
                tuple(unit.area_municipality_codes),
            )
            for unit in facts.units
        ),
        version=facts.version,
    )


def centre_decision(facts: centre_pb2.CentreServiceDecisionFacts) -> CentreDecisionCopy:
    """A decision to give a county service at centres."""
    return CentreDecisionCopy(
        decision_id=UUID(facts.centre_service_decision_id),
        service_code=facts.service_code,
        unit_ids=tuple(UUID(unit_id) for unit_id in facts.unit_ids),
        from_date=day_of(facts.from_date, "from_date"),
        to_date=day_of(facts.to_date, "to_date") if facts.HasField("to_date") else None,
        version=facts.version,
    )


def contract(facts: provider_events.ContractFacts) -> ContractCopy:
    """A contract with its lines and clauses; a contract that ends before its time is known by its last day."""
    last = day_of(facts.valid_to, "valid_to")
    if facts.HasField("termination_effective"):
        last = min(last, day_of(facts.termination_effective, "termination_effective"))
    return ContractCopy(
        contract_id=UUID(facts.contract_id),
        provider_id=UUID(facts.provider_id),
        kind=_text(contract_pb2.ContractKind, facts.kind),
        state=_text(contract_pb2.ContractState, facts.state),
        valid_from=day_of(facts.valid_from, "valid_from"),
        valid_to=last,
        lines=tuple(
            ContractLine(line.service_code, tuple(UUID(unit) for unit in line.unit_ids)) for line in facts.lines
        ),
        clauses={clause.code: dict(clause.parameters) for clause in facts.clauses},
        version=facts.version,
    )


def unserved_from(facts: provider_events.ContractFacts) -> date | None:
    """The first day a contract that is not in force no longer serves; nothing while it is, or before it ever was."""
    state = facts.state
    if state == contract_pb2.CONTRACT_STATE_SUSPENDED:
        if facts.suspension.HasField("safe_continuation_until"):
            return day_of(facts.suspension.safe_continuation_until, "safe_continuation_until") + timedelta(days=1)
        return day_of(facts.suspension.effective_date, "effective_date")
    if state in (contract_pb2.CONTRACT_STATE_TERMINATED, contract_pb2.CONTRACT_STATE_EXPIRED):
        return contract(facts).valid_to + timedelta(days=1)
    return None


def refusal(fact: voucher_events.VoucherRefused) -> Loss:
    """The client refused the voucher: the county arranges the service otherwise (VOUCHER-3)."""
    return Loss(RerouteCause.VOUCHER_REFUSED, started=fact.voucher.version)


def reroute(fact: voucher_events.VoucherRerouteStarted) -> Loss:
    """How the provider of a voucher was lost; a cause of a later release counts as a provider who quit."""
    return Loss(
        cause=word_or_none(RerouteCause, reroute_pb2.RerouteCause, fact.cause) or RerouteCause.PROVIDER_QUIT,
        provider_id=id_of(fact.provider_id),
        contract_id=id_of(fact.contract_id),
        cut_off=day_of(fact.cut_off_date, "cut_off_date"),
        started=fact.voucher.version,
    )


def voucher(facts: voucher_events.VoucherFacts) -> VoucherCopy:
    """A voucher."""
    return VoucherCopy(
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
        state=_text(voucher_pb2.VoucherState, facts.state),
        version=facts.version,
        cut_off=day_of(facts.cut_off_date, "cut_off_date") if facts.HasField("cut_off_date") else None,
    )


def enrolment(facts: package_events.EnrolmentFacts) -> EnrolmentCopy:
    """An enrolment with its items."""
    return EnrolmentCopy(
        enrolment_id=UUID(facts.enrolment_id),
        client_id=UUID(facts.client_id),
        state=_text(enrolment_pb2.EnrolmentState, facts.state),
        items=tuple(_item(item) for item in facts.items),
        version=facts.version,
    )


def _item(facts: package_events.EnrolmentItemFacts) -> EnrolmentItem:
    first: date = day_of(facts.from_date, "from_date")
    return EnrolmentItem(
        item_code=facts.item_code,
        service_code=facts.service_code,
        arrangement=word_or_none(Arrangement, care_pb2.Arrangement, facts.arrangement),
        provider_id=id_of(facts.provider_id),
        units=facts.units,
        unit=word_or_none(CareUnit, care_pb2.CareUnit, facts.unit),
        from_date=first,
        to_date=day_of(facts.to_date, "to_date"),
        modes=words(DeliveryMode, care_pb2.DeliveryMode, facts.modes),
        mandatory=facts.mandatory,
    )


def representative(facts: client_events.RepresentativeFacts) -> RepresentativeCopy:
    """A representation of a client."""
    return RepresentativeCopy(
        representative_id=UUID(facts.representative_id),
        client_id=UUID(facts.client_id),
        kind=_text(representative_pb2.RepresentativeKind, facts.kind),
        matters=_text(representative_pb2.RepresentedMatters, facts.matters),
        representative_client_id=id_of(facts.representative_client_id),
        from_date=day_of(facts.from_date, "from_date"),
        to_date=day_of(facts.to_date, "to_date") if facts.HasField("to_date") else None,
        in_force=facts.state == representative_pb2.REPRESENTATIVE_STATE_IN_FORCE,
        version=facts.version,
    )


def guardian_denial(facts: client_events.ConsentFacts) -> GuardianDenialCopy | None:
    """A denial that keeps a guardian out; every other permission or denial is nothing to this service: None."""
    if facts.target != consent_pb2.CONSENT_TARGET_GUARDIAN:
        return None
    return GuardianDenialCopy(
        consent_id=UUID(facts.consent_id),
        client_id=UUID(facts.client_id),
        in_force=facts.state == consent_pb2.CONSENT_STATE_IN_FORCE,
        version=facts.version,
    )


def _text(enum: "WireEnum[Any]", value: int) -> str:
    """The word of a value as text, also one of a later release; empty when it is unspecified."""
    return name_of(enum, value) if value else ""
