"""Facts of this service: a provider, a contract, a catalogue entry as all others may know them."""

from collections.abc import Iterable
from datetime import date

from services.chassis.values import day, money
from services.chassis.words import value_of, values_of
from services.provider.domain.catalogue import CatalogueService
from services.provider.domain.condition import ConditionSet, Evidence
from services.provider.domain.contract import Contract
from services.provider.domain.contract_lifecycle import LineChange, Party, Suspension, TerminationCause
from services.provider.domain.provider import Provider, ServiceUnit
from services.provider.wire.values import clause_messages, line_messages
from sote.provider.v1 import contract_pb2, provider_pb2
from sote.provider.v1 import events_pb2 as pb
from sote.type.v1 import care_pb2 as care


def provider_facts(provider: Provider) -> pb.ProviderFacts:
    """All of a provider that others may know."""
    application = provider.application
    return pb.ProviderFacts(
        provider_id=str(provider.id),
        business_id=provider.business_id,
        display_name=application.display_name,
        ownership=value_of(provider_pb2.Ownership, application.ownership),
        roles=values_of(provider_pb2.ProviderRole, provider.roles),
        state=value_of(provider_pb2.ProviderState, provider.state),
        units=[unit_facts(unit) for unit in provider.units],
        version=provider.version,
    )


def unit_facts(unit: ServiceUnit) -> provider_pb2.UnitFacts:
    """All of a unit that others may know."""
    terms = unit.terms
    return provider_pb2.UnitFacts(
        unit_id=str(unit.id),
        display_name=terms.display_name,
        kind=value_of(provider_pb2.UnitKind, terms.kind),
        municipality_code=terms.municipality_code,
        modes=values_of(care.DeliveryMode, terms.modes),
        languages=terms.languages,
        capacity=terms.capacity,
        area_municipality_codes=terms.area_municipality_codes,
        code=unit.code,
        accessibility=[value_of(provider_pb2.Accessibility, accessibility) for accessibility in terms.accessibility],
    )


def catalogue_facts(service: CatalogueService) -> pb.CatalogueFacts:
    """All of a catalogue entry."""
    entry = service.entry
    return pb.CatalogueFacts(
        service_code=service.service_code,
        name_fi=entry.name_fi,
        name_en=entry.name_en,
        sector=value_of(care.Sector, entry.sector),
        level=value_of(care.CareLevel, entry.level),
        task=value_of(care.ServiceTask, entry.task),
        sensitive=entry.sensitive,
        arrangements=values_of(care.Arrangement, entry.arrangements),
        unit=value_of(care.CareUnit, entry.unit),
        reference_price=money(entry.reference_price_cents),
        fee_rule=entry.fee_rule,
        statutory_right=entry.statutory_right,
        version=service.version,
    )


def contract_facts(contract: Contract) -> pb.ContractFacts:
    """All of a contract; `clauses` are those in force, inherited ones included."""
    terms = contract.terms
    return pb.ContractFacts(
        contract_id=str(contract.id),
        number=contract.number,
        provider_id=str(contract.provider_id),
        kind=value_of(contract_pb2.ContractKind, contract.kind),
        state=value_of(contract_pb2.ContractState, contract.state),
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
        cause=value_of(contract_pb2.SuspensionCause, found.cause),
    )


def change_proposed(contract: Contract, service_code: str) -> pb.ContractLineChangeProposed:
    """The county proposed another line for a service (CONTRACT-4)."""
    return pb.ContractLineChangeProposed(contract=contract_facts(contract), service_code=service_code)


def change_agreed(contract: Contract, change: LineChange) -> pb.ContractLineChangeAgreed:
    """The provider agreed to a change of a line (CONTRACT-4)."""
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
        changed_service_codes=[change.service_code for change in done if change.line is not None],
        removed_service_codes=[change.service_code for change in done if change.line is None],
    )


def notice_given(contract: Contract, party: Party) -> pb.ContractNoticeGiven:
    """Notice of the contract was given by one of its parties (CONTRACT-7)."""
    by = value_of(contract_pb2.ContractParty, party)
    return pb.ContractNoticeGiven(contract=contract_facts(contract), by=by)


def terminated(contract: Contract, cause: TerminationCause) -> pb.ContractTerminated:
    """The contract was terminated, for this cause (CONTRACT-8)."""
    return pb.ContractTerminated(
        contract=contract_facts(contract),
        cause=value_of(contract_pb2.TerminationCause, cause),
        effective_date=day(contract.first_day_without),
    )


def expired(contract: Contract) -> pb.ContractExpired:
    """The period of the contract is over (CONTRACT-9)."""
    effective = day(contract.first_day_without)
    return pb.ContractExpired(contract=contract_facts(contract), effective_date=effective)


def ending_soon(contract: Contract) -> pb.ContractEndingSoon:
    """The contract ends soon (CONTRACT-11)."""
    return pb.ContractEndingSoon(contract=contract_facts(contract), last_day=day(contract.last_day))


def evidence_expiring(found: Evidence) -> pb.EvidenceExpiring:
    """Evidence runs out soon (CONTRACT-11)."""
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
        condition_set_id=str(conditions.id), scope=conditions.scope, number=conditions.number
    )
