"""Facts of this service: a provider, a contract, a catalogue entry as all others may know them."""

from services.provider.domain.catalogue import CatalogueService
from services.provider.domain.condition import ConditionSet
from services.provider.domain.contract import Contract
from services.provider.domain.provider import Provider, ServiceUnit
from services.provider.wire.values import clause_messages, date_message, line_messages, money
from sote.provider.v1 import events_pb2 as pb
from sote.type.v1 import care_pb2 as care


def provider_facts(provider: Provider) -> pb.ProviderFacts:
    """All of a provider that others may know."""
    told = provider.application
    return pb.ProviderFacts(
        provider_id=str(provider.uid),
        business_id=provider.business_id,
        display_name=told.display_name,
        ownership=pb.Ownership.Value(f"OWNERSHIP_{told.ownership}"),
        roles=[pb.ProviderRole.Value(f"PROVIDER_ROLE_{role}") for role in provider.roles],
        status=pb.ProviderStatus.Value(f"PROVIDER_STATUS_{provider.state}"),
        units=[unit_facts(unit) for unit in provider.units],
        version=provider.version,
    )


def unit_facts(unit: ServiceUnit) -> pb.UnitFacts:
    """All of a unit that others may know."""
    terms = unit.terms
    return pb.UnitFacts(
        unit_id=str(unit.uid),
        display_name=terms.display_name,
        kind=pb.UnitKind.Value(f"UNIT_KIND_{terms.kind}"),
        municipality_code=terms.municipality_code,
        modes=[care.DeliveryMode.Value(f"DELIVERY_MODE_{m}") for m in terms.modes],
        languages=terms.languages,
        capacity=terms.capacity,
        area_municipality_codes=terms.area_municipality_codes,
        code=unit.code,
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
        kind=pb.ContractKind.Value(f"CONTRACT_KIND_{contract.kind}"),
        status=pb.ContractStatus.Value(f"CONTRACT_STATUS_{contract.state}"),
        valid_from=date_message(terms.valid_from),
        valid_to=date_message(terms.valid_to),
        lines=line_messages(terms.lines),
        clauses=clause_messages(contract.clauses),
        notice_days=terms.notice_days,
        termination_effective=date_message(contract.termination_effective),
        version=contract.version,
    )


def condition_set_published(conditions: ConditionSet) -> pb.ConditionSetPublished:
    """The county published a version of conditions."""
    return pb.ConditionSetPublished(
        condition_set_id=str(conditions.uid), scope=conditions.scope, number=conditions.number
    )
