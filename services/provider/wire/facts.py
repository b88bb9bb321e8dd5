"""Facts of this service: a provider, a contract, a catalogue entry as all others may know them."""

from collections.abc import Iterable
from datetime import date

from services.chassis.values import day, money
from services.provider.domain.catalogue import CatalogueService
from services.provider.domain.condition import ConditionSet, Evidence
from services.provider.domain.contract import Contract
from services.provider.domain.course import LineChange, Party, Suspension, TerminationCause
from services.provider.domain.provider import Provider, ServiceUnit
from services.provider.wire.values import clause_messages, line_messages
from sote.provider.v1 import contract_pb2, provider_pb2
from sote.provider.v1 import events_pb2 as pb
from sote.type.v1 import care_pb2 as care


def provider_facts(provider: Provider) -> pb.ProviderFacts:
    """All of a provider that others may know."""
    told = provider.application
    return pb.ProviderFacts(
        provider_id=str(provider.uid),
        business_id=provider.business_id,
        display_name=told.display_name,
        ownership=provider_pb2.Ownership.Value(f"OWNERSHIP_{told.ownership}"),
        roles=[provider_pb2.ProviderRole.Value(f"PROVIDER_ROLE_{role}") for role in provider.roles],
        state=provider_pb2.ProviderState.Value(f"PROVIDER_STATE_{provider.state}"),
        units=[unit_facts(unit) for unit in provider.units],
        version=provider.version,
    )


def unit_facts(unit: ServiceUnit) -> provider_pb2.UnitFacts:
    """All of a unit that others may know."""
    terms = unit.terms
    return provider_pb2.UnitFacts(
        unit_id=str(unit.uid),
        display_name=terms.display_name,
        kind=provider_pb2.UnitKind.Value(f"UNIT_KIND_{terms.kind}"),
        municipality_code=terms.municipality_code,
        modes=[care.DeliveryMode.Value(f"DELIVERY_MODE_{m}") for m in terms.modes],
        languages=terms.languages,
        capacity=terms.capacity,
        area_municipality_codes=terms.area_municipality_codes,
        code=unit.code,
        accessibility=[provider_pb2.Accessibility.Value(f"ACCESSIBILITY_{one}") for one in terms.accessibility],
    )


def catalogue_facts(service: CatalogueService) -> pb.CatalogueFacts:
    """All of a catalogue entry."""
    entry = service.entry
    return pb.CatalogueFacts(
        service_code=service.service_code,
        name_fi=entry.name_fi,
        name_en=entry.name_en,
        sector=care.Sector.Value(f"SECTOR_{entry.sector}"),
        level=care.CareLevel.Value(f"CARE_LEVEL_{entry.level}"),
        task=care.ServiceTask.Value(f"SERVICE_TASK_{entry.task}"),
        sensitive=entry.sensitive,
        arrangements=[care.Arrangement.Value(f"ARRANGEMENT_{one}") for one in entry.arrangements],
        unit=care.CareUnit.Value(f"CARE_UNIT_{entry.unit}"),
        reference_price=money(entry.reference_price_cents),
        fee_rule=entry.fee_rule,
        statutory_right=entry.statutory_right,
        version=service.version,
    )


def contract_facts(contract: Contract) -> pb.ContractFacts:
    """All of a contract; `clauses` are those in force, inherited ones included."""
    terms = contract.terms
    return pb.ContractFacts(
        contract_id=str(contract.uid),
        number=contract.number,
        provider_id=str(contract.provider_id),
        kind=contract_pb2.ContractKind.Value(f"CONTRACT_KIND_{contract.kind}"),
        state=contract_pb2.ContractState.Value(f"CONTRACT_STATE_{contract.state}"),
        valid_from=day(terms.valid_from),
        valid_to=day(terms.valid_to),
        lines=line_messages(terms.lines),
        clauses=clause_messages(contract.clauses),
        notice_days=terms.notice_days,
        termination_effective=day(contract.termination_effective),
        version=contract.version,
        suspension=_suspension(contract.suspension),
    )


def _suspension(found: Suspension | None) -> contract_pb2.SuspensionFacts | None:
    """How a contract is suspended; the grounds are free text, which no fact carries (INV-25)."""
    if found is None:
        return None
    safe = found.safe_until is not None
    return contract_pb2.SuspensionFacts(
        mode=contract_pb2.SUSPENSION_MODE_SAFE_CONTINUATION if safe else contract_pb2.SUSPENSION_MODE_IMMEDIATE,
        effective_date=day(found.effective),
        safe_continuation_until=day(found.safe_until),
        cause=contract_pb2.SuspensionCause.Value(f"SUSPENSION_CAUSE_{found.cause}"),
    )


def change_proposed(contract: Contract, service_code: str) -> pb.ContractLineChangeProposed:
    """CONTRACT-4."""
    return pb.ContractLineChangeProposed(contract=contract_facts(contract), service_code=service_code)


def change_agreed(contract: Contract, change: LineChange) -> pb.ContractLineChangeAgreed:
    """CONTRACT-4."""
    return pb.ContractLineChangeAgreed(
        contract=contract_facts(contract),
        service_code=change.service_code,
        effective_date=day(change.effective),
    )


def line_changed(contract: Contract, changes: Iterable[LineChange]) -> pb.ContractLineChanged:
    """Which services changed and which are gone (CONTRACT-4)."""
    done = list(changes)
    return pb.ContractLineChanged(
        contract=contract_facts(contract),
        changed_service_codes=[one.service_code for one in done if one.line is not None],
        removed_service_codes=[one.service_code for one in done if one.line is None],
    )


def notice_given(contract: Contract, party: Party) -> pb.ContractNoticeGiven:
    """CONTRACT-7."""
    by = contract_pb2.ContractParty.Value(f"CONTRACT_PARTY_{party}")
    return pb.ContractNoticeGiven(contract=contract_facts(contract), by=by)


def terminated(contract: Contract, cause: TerminationCause) -> pb.ContractTerminated:
    """CONTRACT-8."""
    return pb.ContractTerminated(
        contract=contract_facts(contract),
        cause=contract_pb2.TerminationCause.Value(f"TERMINATION_CAUSE_{cause}"),
        effective_date=day(contract.first_day_without),
    )


def expired(contract: Contract) -> pb.ContractExpired:
    """CONTRACT-9."""
    effective = day(contract.first_day_without)
    return pb.ContractExpired(contract=contract_facts(contract), effective_date=effective)


def ending_soon(contract: Contract) -> pb.ContractEndingSoon:
    """CONTRACT-11."""
    return pb.ContractEndingSoon(contract=contract_facts(contract), last_day=day(contract.last_day))


def evidence_expiring(found: Evidence) -> pb.EvidenceExpiring:
    """CONTRACT-11."""
    return pb.EvidenceExpiring(
        provider_id=str(found.provider_id),
        condition_code=found.condition_code,
        valid_to=day(found.valid_to),
        version=found.version,
    )


def evidence_expired(found: Evidence, *, grace_until: date) -> pb.EvidenceExpired:
    """And until when contracts go on in spite of it (CONTRACT-11)."""
    return pb.EvidenceExpired(
        provider_id=str(found.provider_id),
        condition_code=found.condition_code,
        valid_to=day(found.valid_to),
        grace_until=day(grace_until),
        version=found.version,
    )


def condition_set_published(conditions: ConditionSet) -> pb.ConditionSetPublished:
    """The county published a version of conditions."""
    return pb.ConditionSetPublished(
        condition_set_id=str(conditions.uid), scope=conditions.scope, number=conditions.number
    )
