"""Resources of this service as callers get them."""

from collections.abc import Iterable
from datetime import date

from services.chassis.etags import etag_of
from services.chassis.names import resource_name
from services.chassis.values import day, instant
from services.chassis.words import value_of
from services.provider.domain.catalogue import CatalogueService
from services.provider.domain.condition import Condition, ConditionSet, Evidence
from services.provider.domain.contract import Contract, ContractState
from services.provider.domain.contract_lifecycle import LineChange
from services.provider.domain.provider import Provider, ServiceUnit
from services.provider.wire import facts
from services.provider.wire.values import clause_messages, line_messages
from sote.provider.v1 import catalogue_pb2, condition_pb2, contract_pb2, events_pb2, provider_pb2, section_pb2

PROVIDERS, CONDITION_SETS, CONTRACTS = "providers", "conditionSets", "contracts"
CATALOGUE = "catalogueServices"


def provider(found: Provider) -> provider_pb2.Provider:
    """A provider with its units."""
    application, shared = found.application, facts.provider_facts(found)
    return provider_pb2.Provider(
        name=resource_name(PROVIDERS, found.id),
        uid=str(found.id),
        etag=etag_of(found.version),
        create_time=instant(found.created_at),
        update_time=instant(found.updated_at),
        state=shared.state,
        business_id=found.business_id,
        display_name=application.display_name,
        ownership=shared.ownership,
        roles=shared.roles,
        oid=application.oid,
        registration=_registration(found),
        units=[_unit(unit) for unit in found.units],
        state_reason=found.state_reason,
        prepayment_register=application.prepayment_register,
        insurance_valid_to=day(application.insurance_valid_to),
        insurance_kind=application.insurance_kind,
        self_monitoring_url=application.self_monitoring_url,
    )


def _registration(found: Provider) -> provider_pb2.SupervisoryRegistration:
    registration = found.application.registration
    return provider_pb2.SupervisoryRegistration(
        register=registration.register,
        number=registration.number,
        from_date=day(registration.from_date),
        state=value_of(provider_pb2.RegistrationState, registration.state),
    )


def _unit(unit: ServiceUnit) -> provider_pb2.ServiceUnit:
    shared = facts.unit_facts(unit)
    return provider_pb2.ServiceUnit(
        uid=shared.unit_id,
        code=shared.code,
        display_name=shared.display_name,
        oid=unit.terms.oid,
        kind=shared.kind,
        municipality_code=shared.municipality_code,
        modes=shared.modes,
        languages=shared.languages,
        capacity=shared.capacity,
        area_municipality_codes=shared.area_municipality_codes,
        accessibility=shared.accessibility,
    )


def catalogue_service(found: CatalogueService) -> catalogue_pb2.CatalogueService:
    """A service of the catalogue."""
    shared = facts.catalogue_facts(found)
    return catalogue_pb2.CatalogueService(
        name=f"{CATALOGUE}/{found.service_code}",
        uid=str(found.id),
        etag=etag_of(found.version),
        create_time=instant(found.created_at),
        update_time=instant(found.updated_at),
        service_code=shared.service_code,
        name_fi=shared.name_fi,
        name_en=shared.name_en,
        sector=shared.sector,
        level=shared.level,
        task=shared.task,
        sensitive=shared.sensitive,
        arrangements=shared.arrangements,
        unit=shared.unit,
        reference_price=shared.reference_price,
        fee_rule=shared.fee_rule,
        statutory_right=shared.statutory_right,
        thl_class=found.entry.thl_class,
        thl_item=found.entry.thl_item,
    )


def condition_set(found: ConditionSet) -> condition_pb2.ConditionSet:
    """A version of conditions."""
    return condition_pb2.ConditionSet(
        name=resource_name(CONDITION_SETS, found.id),
        uid=str(found.id),
        etag=etag_of(found.version),
        create_time=instant(found.created_at),
        update_time=instant(found.updated_at),
        state=value_of(condition_pb2.ConditionSetState, found.state),
        scope=found.scope,
        number=found.number,
        conditions=[_condition(condition) for condition in found.conditions],
        clauses=clause_messages(found.clauses),
        valid_from=day(found.valid_from),
    )


def _condition(condition: Condition) -> condition_pb2.Condition:
    return condition_pb2.Condition(
        code=condition.code,
        text=condition.text,
        kind=value_of(condition_pb2.ConditionKind, condition.kind),
        mandatory=condition.mandatory,
        evidence_kind=condition.evidence_kind,
        renewal_months=condition.renewal_months,
        metric=condition.metric,
        threshold=condition.threshold,
    )


def evidence(found: Evidence, *, on: date) -> condition_pb2.Evidence:
    """A finding as it stands on that day."""
    return condition_pb2.Evidence(
        provider_id=str(found.provider_id),
        condition_code=found.condition_code,
        state=value_of(condition_pb2.EvidenceState, found.state_on(on)),
        valid_to=day(found.valid_to),
        document_ref=found.document_ref,
        measured=found.measured,
        update_time=instant(found.updated_at),
    )


def contract(found: Contract) -> contract_pb2.Contract:
    """A contract with its lines and clauses."""
    terms, shared = found.terms, facts.contract_facts(found)
    return contract_pb2.Contract(
        name=resource_name(CONTRACTS, found.id),
        uid=str(found.id),
        etag=etag_of(found.version),
        create_time=instant(found.created_at),
        update_time=instant(found.updated_at),
        state=shared.state,
        number=found.number,
        provider_id=str(found.provider_id),
        kind=shared.kind,
        condition_set_id=str(found.condition_set_id),
        condition_set_number=found.condition_set_number,
        lines=line_messages(terms.lines),
        own_clauses=clause_messages(terms.own_clauses),
        clauses=shared.clauses,
        valid_from=shared.valid_from,
        valid_to=shared.valid_to,
        notice_days=terms.notice_days,
        termination_effective=day(found.termination_effective),
        suspension=_suspension(found, shared),
        changes=[_change(change) for change in found.changes],
        notice_by=value_of(contract_pb2.ContractParty, found.notice_by),
        termination_cause=value_of(contract_pb2.TerminationCause, found.termination_cause),
    )


def _suspension(found: Contract, shared: events_pb2.ContractFacts) -> contract_pb2.Suspension | None:
    if found.suspension is None:
        return None
    return contract_pb2.Suspension(facts=shared.suspension, grounds=found.suspension.grounds)


def _change(change: LineChange) -> contract_pb2.LineChange:
    line = None if change.line is None else line_messages([change.line])[0]
    effective = day(change.effective)
    return contract_pb2.LineChange(
        service_code=change.service_code, line=line, effective_date=effective, agreed=change.agreed
    )


def summary(found: Provider, contracts: Iterable[Contract], *, sanctioned: bool) -> section_pb2.ProviderSummary:
    """What a record shows of a provider; contracts that never came into force are left out."""
    shared = facts.provider_facts(found)
    never = {ContractState.DRAFT, ContractState.CONDITIONS_ACCEPTED, ContractState.WITHDRAWN}
    shown = sorted(
        (contract for contract in contracts if contract.state not in never), key=lambda contract: contract.number
    )
    return section_pb2.ProviderSummary(
        provider_id=shared.provider_id,
        business_id=shared.business_id,
        display_name=shared.display_name,
        ownership=shared.ownership,
        state=shared.state,
        roles=shared.roles,
        units=shared.units,
        languages=sorted({language for unit in shared.units for language in unit.languages}),
        contracts=[_contract_summary(contract) for contract in shown],
        version=shared.version,
        sanctioned=sanctioned,
    )


def public_provider(found: Provider, contracts: Iterable[Contract], service_code: str) -> provider_pb2.PublicProvider:
    """What everybody may know of a provider and its contracts in force; of `service_code` alone if given."""
    shared = facts.provider_facts(found)
    lines = [
        provider_pb2.PublicLine(
            service_code=line.service_code,
            unit_price=line.unit_price,
            voucher=line.voucher,
            unit_ids=line.unit_ids,
            kind=contract.kind,
        )
        for contract in map(facts.contract_facts, contracts)
        for line in contract.lines
        if service_code in {"", line.service_code}
    ]
    return provider_pb2.PublicProvider(
        provider_id=shared.provider_id,
        business_id=shared.business_id,
        display_name=shared.display_name,
        ownership=shared.ownership,
        units=shared.units,
        lines=lines,
    )


def _contract_summary(found: Contract) -> section_pb2.ContractSummary:
    shared = facts.contract_facts(found)
    return section_pb2.ContractSummary(
        contract_id=shared.contract_id,
        number=shared.number,
        kind=shared.kind,
        state=shared.state,
        valid_from=shared.valid_from,
        valid_to=shared.valid_to,
        lines=[
            section_pb2.LineSummary(service_code=line.service_code, unit_price=line.unit_price, voucher=line.voucher)
            for line in shared.lines
        ],
        version=shared.version,
    )
