"""The provider service's facts, as far as this service keeps copies of them."""

from uuid import UUID

from services.chassis import values
from services.chassis.words import name_of, word_or_none, words
from services.client.domain.neighbours import CatalogueService, ContractCopy, ProviderCopy, ServiceUnit
from services.client.wire.values import day_of
from services.kernel.care import Arrangement, Sector
from sote.provider.v1 import contract_pb2, events_pb2, provider_pb2
from sote.type.v1 import care_pb2


def provider_copy(facts: events_pb2.ProviderFacts) -> ProviderCopy:
    """A provider with its units."""
    return ProviderCopy(
        provider_id=UUID(facts.provider_id),
        county_enterprise=provider_pb2.PROVIDER_ROLE_COUNTY_ENTERPRISE in facts.roles,
        units=tuple(
            ServiceUnit(
                unit_id=UUID(unit.unit_id),
                centre=unit.kind == provider_pb2.UNIT_KIND_HSSC,
                dental=unit.kind == provider_pb2.UNIT_KIND_DENTAL,
                municipality_code=unit.municipality_code,
            )
            for unit in facts.units
        ),
        roles=frozenset(name_of(provider_pb2.ProviderRole, role) for role in facts.roles),
        version=facts.version,
    )


def catalogue_service(facts: events_pb2.CatalogueFacts) -> CatalogueService:
    """An entry of the catalogue."""
    return CatalogueService(
        code=facts.service_code,
        sector=word_or_none(Sector, care_pb2.Sector, facts.sector),
        task=f"SERVICE_TASK_{name_of(care_pb2.ServiceTask, facts.task)}",
        arrangements=frozenset(words(Arrangement, care_pb2.Arrangement, facts.arrangements)),
    )


def contract_copy(facts: events_pb2.ContractFacts) -> ContractCopy:
    """A contract; its last day is an early end where there is one."""
    last, early = values.day_of(facts.valid_to, "valid_to"), day_of(facts, "termination_effective")
    return ContractCopy(
        contract_id=UUID(facts.contract_id),
        provider_id=UUID(facts.provider_id),
        state=name_of(contract_pb2.ContractState, facts.state),
        valid_from=values.day_of(facts.valid_from, "valid_from"),
        valid_to=min(last, early) if early else last,
        every_unit=any(not line.unit_ids for line in facts.lines),
        unit_ids=tuple(sorted({UUID(unit) for line in facts.lines for unit in line.unit_ids})),
        version=facts.version,
    )
