"""Facts of the neighbours as this service's domain knows them."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from google.type.date_pb2 import Date

from services.chassis.values import id_of
from services.chassis.words import name_of, word_or_none, words
from services.kernel.care import Arrangement, CareLevel, CareUnit, NeedDomain, Sector
from services.package.domain.enrolment_item import Funding
from services.package.domain.neighbours import (
    AssessmentCopy,
    CatalogueCopy,
    ClientCopy,
    ContractCopy,
    PlanCopy,
    PlanServiceCopy,
    ProviderCopy,
    UnitCopy,
)
from sote.careplan.v1 import events_pb2 as careplan
from sote.careplan.v1 import plan_pb2
from sote.client.v1 import client_pb2
from sote.client.v1 import events_pb2 as client
from sote.provider.v1 import contract_pb2, provider_pb2
from sote.provider.v1 import events_pb2 as provider
from sote.type.v1 import care_pb2 as care
from sote.voucher.v1 import events_pb2 as voucher


def client_copy(facts: client.ClientFacts) -> ClientCopy:
    """A client's state."""
    return ClientCopy(
        client_id=UUID(facts.client_id),
        state=name_of(client_pb2.ClientState, facts.state),
        version=facts.version,
    )


def assessment_copy(fact: client.AssessmentCompleted) -> AssessmentCopy:
    """What a completed assessment says that entry criteria ask."""
    return AssessmentCopy(
        assessment_id=UUID(fact.assessment_id),
        client_id=UUID(fact.client_id),
        completed_date=_day(fact.completed_date),
        age_years=fact.age_years,
        child_in_household=fact.child_in_household,
        informal_carer=fact.informal_carer,
        needs={
            domain: need.level
            for need in fact.needs
            if (domain := word_or_none(NeedDomain, care.NeedDomain, need.domain)) is not None
        },
    )


def provider_copy(facts: provider.ProviderFacts) -> ProviderCopy:
    """A provider with its roles and units."""
    return ProviderCopy(
        provider_id=UUID(facts.provider_id),
        state=name_of(provider_pb2.ProviderState, facts.state),
        roles=tuple(name_of(provider_pb2.ProviderRole, role) for role in facts.roles),
        units=tuple(
            UnitCopy(unit_id=UUID(unit.unit_id), kind=name_of(provider_pb2.UnitKind, unit.kind)) for unit in facts.units
        ),
        version=facts.version,
    )


def contract_copy(facts: provider.ContractFacts) -> ContractCopy:
    """A contract with its services and clauses."""
    return ContractCopy(
        contract_id=UUID(facts.contract_id),
        provider_id=UUID(facts.provider_id),
        kind=name_of(contract_pb2.ContractKind, facts.kind),
        state=name_of(contract_pb2.ContractState, facts.state),
        valid_from=_day(facts.valid_from),
        valid_to=_day(facts.valid_to),
        lines={line.service_code: tuple(UUID(unit) for unit in line.unit_ids) for line in facts.lines},
        clauses={clause.code: dict(clause.parameters) for clause in facts.clauses},
        version=facts.version,
    )


def catalogue_copy(facts: provider.CatalogueFacts) -> CatalogueCopy:
    """A service of the catalogue."""
    return CatalogueCopy(
        service_code=facts.service_code,
        name_fi=facts.name_fi,
        sector=word_or_none(Sector, care.Sector, facts.sector),
        level=word_or_none(CareLevel, care.CareLevel, facts.level),
        arrangements=words(Arrangement, care.Arrangement, facts.arrangements),
        unit=word_or_none(CareUnit, care.CareUnit, facts.unit),
        version=facts.version,
    )


def plan_copy(facts: careplan.PlanFacts) -> PlanCopy:
    """A plan with those of its services that come from enrolments."""
    return PlanCopy(
        plan_id=UUID(facts.plan_id),
        client_id=UUID(facts.client_id),
        version=facts.version,
        services=tuple(
            PlanServiceCopy(
                plan_service_id=UUID(service.plan_service_id),
                enrolment_id=UUID(service.enrolment_id),
                item_code=service.item_code,
                provider_id=id_of(service.provider_id),
                done=service.state == plan_pb2.PLAN_SERVICE_STATE_COMPLETED,
            )
            for service in facts.services
            if service.enrolment_id and service.state != plan_pb2.PLAN_SERVICE_STATE_CANCELLED
        ),
        cancelled=frozenset(
            UUID(service.plan_service_id)
            for service in facts.services
            if service.enrolment_id and service.state == plan_pb2.PLAN_SERVICE_STATE_CANCELLED
        ),
    )


def funding_from(items: Iterable[voucher.FundedItem]) -> dict[str, Funding]:
    """How items were funded, by item."""
    return {
        item.item_code: Funding(id_of(item.voucher_id), id_of(item.commitment_id), item.skipped_reason)
        for item in items
    }


def _day(message: Date) -> date:
    return date(message.year, message.month, message.day)
