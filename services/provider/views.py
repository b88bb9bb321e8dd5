"""What may be asked of this service: one resource, or a page of them; nothing is locked or changed."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol, TypeVar
from uuid import UUID

from sqlalchemy import Select, Table, Text, any_, literal, select
from sqlalchemy.orm import Session

from services.chassis.identity import Caller
from services.chassis.names import resource_id, uuid_of
from services.chassis.pages import Page, page_of
from services.chassis.words import name_of
from services.provider.domain.adherence import Breach
from services.provider.domain.catalogue import CatalogueService
from services.provider.domain.centre import CentreServiceDecision
from services.provider.domain.condition import ConditionSet, Evidence
from services.provider.domain.contract import Contract
from services.provider.domain.provider import Provider
from services.provider.domain.refusals import CatalogueServiceNotFound, ProviderMismatch
from services.provider.domain.sanction import Sanction
from services.provider.storage import clauses, conditions, contracts, providers, public, sanctions, tables
from services.provider.wire import resources
from services.provider.wire.centres import decision
from services.provider.wire.clauses import template_message
from services.provider.wire.sanctions import breach, sanction
from sote.provider.v1 import adherence_service_pb2 as adherence
from sote.provider.v1 import (
    catalogue_pb2,
    condition_pb2,
    condition_service_pb2,
    contract_pb2,
    contract_service_pb2,
    provider_pb2,
    sanction_pb2,
    sanction_service_pb2,
    service_catalogue_service_pb2,
)
from sote.provider.v1 import centre_service_pb2 as centres
from sote.provider.v1 import clause_service_pb2 as clause_service
from sote.provider.v1 import provider_service_pb2 as service
from sote.type.v1 import care_pb2 as care

OWN_ONLY = frozenset({"PRV"})
"""Roles that see the contracts and evidence of their own organisation only (ACCESS-3)."""

COUNTY_ROLES = frozenset({"CSW", "CSP", "FIN", "CON"})
"""Roles whose summaries show sanctions (ACCESS-3)."""


class Row(Protocol):
    """What every aggregate has that a list is ordered by."""

    id: UUID
    created_at: datetime


Found = TypeVar("Found", bound=Row)


def get_provider(session: Session, name: str) -> provider_pb2.Provider:
    """One provider; refuses with ProviderNotFound."""
    return resources.provider(providers.get_provider(session, resource_id(name, resources.PROVIDERS)))


def list_providers(session: Session, request: service.ListProvidersRequest) -> service.ListProvidersResponse:
    """A page of providers."""
    rows = tables.provider
    query = select(Provider)
    if request.state:
        query = query.where(rows.c.state == name_of(provider_pb2.ProviderState, request.state))
    if request.role:
        role = name_of(provider_pb2.ProviderRole, request.role)
        query = query.where(literal(role, Text) == any_(rows.c.roles))
    if request.business_id:
        query = query.where(rows.c.business_id == request.business_id)
    found, token = _page(session, query, rows, page_of(request))
    return service.ListProvidersResponse(providers=map(resources.provider, found), next_page_token=token)


def list_public_providers(
    session: Session, request: service.ListPublicProvidersRequest, *, day: date
) -> service.ListPublicProvidersResponse:
    """A page of the public list on `day` (PROVIDER-5), in the order of names (INV-23)."""
    page = page_of(request)
    mode = name_of(care.DeliveryMode, request.mode) if request.mode else ""
    served = name_of(provider_pb2.Accessibility, request.accessibility) if request.accessibility else ""
    filters = public.Filters(
        service_code=request.service_code,
        municipality_code=request.municipality_code,
        language=request.language,
        mode=mode,
        accessibility=served,
    )
    query = public.listed(filters, day=day, after=page.after_uid).limit(page.size + 1)
    found, token = page.cut(session.scalars(query).all(), lambda provider: (provider.created_at, provider.id))
    held: dict[UUID, list[Contract]] = {provider.id: [] for provider in found}
    for contract in public.contracts_on(session, list(held), day=day):
        held[contract.provider_id].append(contract)
    shown = [resources.public_provider(provider, held[provider.id], request.service_code) for provider in found]
    return service.ListPublicProvidersResponse(providers=shown, next_page_token=token)


def provider_summaries(
    session: Session, provider_ids: Sequence[str], *, caller: Caller
) -> service.BatchGetProviderSummariesResponse:
    """What a record shows of these providers, in the order asked; unknown ones are left out.

    The county's roles also see whether a sanction is imposed on one.
    """
    wanted = list(dict.fromkeys(UUID(text) for text in provider_ids))
    known = session.scalars(select(Provider).where(tables.provider.c.id.in_(wanted)))
    found = {provider.id: provider for provider in known}
    held: dict[UUID, list[Contract]] = {uid: [] for uid in found}
    for contract in session.scalars(select(Contract).where(tables.contract.c.provider_id.in_(wanted))):
        held[contract.provider_id].append(contract)
    blamed = sanctions.imposed_on(session, wanted) if caller.role in COUNTY_ROLES else set()
    summaries = [resources.summary(found[uid], held[uid], sanctioned=uid in blamed) for uid in wanted if uid in found]
    return service.BatchGetProviderSummariesResponse(summaries=summaries)


def get_catalogue_service(session: Session, name: str) -> catalogue_pb2.CatalogueService:
    """One service of the catalogue; refuses with CatalogueServiceNotFound."""
    code = name.removeprefix(f"{resources.CATALOGUE}/")
    query = select(CatalogueService).where(tables.catalogue_service.c.service_code == code)
    found = session.scalar(query)
    if found is None or name == code:
        raise CatalogueServiceNotFound(name)
    return resources.catalogue_service(found)


def list_catalogue(
    session: Session, request: service_catalogue_service_pb2.ListCatalogueServicesRequest
) -> service_catalogue_service_pb2.ListCatalogueServicesResponse:
    """A page of the catalogue."""
    rows = tables.catalogue_service
    query = select(CatalogueService)
    found, token = _page(session, query, rows, page_of(request))
    shown = map(resources.catalogue_service, found)
    return service_catalogue_service_pb2.ListCatalogueServicesResponse(services=shown, next_page_token=token)


def get_condition_set(session: Session, name: str) -> condition_pb2.ConditionSet:
    """One version of conditions; refuses with ConditionSetNotFound."""
    return resources.condition_set(conditions.get_condition_set(session, resource_id(name, resources.CONDITION_SETS)))


def list_condition_sets(
    session: Session, request: condition_service_pb2.ListConditionSetsRequest
) -> condition_service_pb2.ListConditionSetsResponse:
    """A page of versions of conditions."""
    rows = tables.condition_set
    query = select(ConditionSet)
    if request.scope:
        query = query.where(rows.c.scope == request.scope)
    found, token = _page(session, query, rows, page_of(request))
    shown = map(resources.condition_set, found)
    return condition_service_pb2.ListConditionSetsResponse(condition_sets=shown, next_page_token=token)


def list_evidence(
    session: Session, request: condition_service_pb2.ListEvidenceRequest, *, caller: Caller, day: date
) -> condition_service_pb2.ListEvidenceResponse:
    """A page of the findings about a provider as they stand on `day`; others than the county see their own."""
    if caller.role != "CON" and caller.organisation != request.provider_id:
        raise ProviderMismatch("only the provider itself may do or see this")
    rows = tables.evidence
    query = select(Evidence).where(rows.c.provider_id == UUID(request.provider_id))
    found, token = _page(session, query, rows, page_of(request))
    shown = [resources.evidence(evidence, on=day) for evidence in found]
    return condition_service_pb2.ListEvidenceResponse(evidence=shown, next_page_token=token)


def get_contract(session: Session, name: str, *, caller: Caller) -> contract_pb2.Contract:
    """One contract; refuses with ContractNotFound, or ProviderMismatch to another provider's staff."""
    found = contracts.get_contract(session, resource_id(name, resources.CONTRACTS))
    if caller.role in OWN_ONLY and caller.organisation != str(found.provider_id):
        raise ProviderMismatch("only the provider itself may do or see this")
    return resources.contract(found)


def list_contracts(
    session: Session, request: contract_service_pb2.ListContractsRequest, *, caller: Caller
) -> contract_service_pb2.ListContractsResponse:
    """A page of contracts; a provider's staff sees its own."""
    rows = tables.contract
    query = select(Contract)
    if request.provider_id:
        query = query.where(rows.c.provider_id == UUID(request.provider_id))
    if caller.role in OWN_ONLY:
        query = query.where(rows.c.provider_id == uuid_of(caller.organisation, "organisation"))
    if request.state:
        query = query.where(rows.c.state == name_of(contract_pb2.ContractState, request.state))
    found, token = _page(session, query, rows, page_of(request))
    return contract_service_pb2.ListContractsResponse(contracts=map(resources.contract, found), next_page_token=token)


def list_sanctions(
    session: Session, request: sanction_service_pb2.ListSanctionsRequest, *, caller: Caller
) -> sanction_service_pb2.ListSanctionsResponse:
    """A page of sanctions; others than the county see those of their own organisation."""
    rows = tables.sanction
    query = select(Sanction)
    if request.contract_id:
        query = query.where(rows.c.contract_id == UUID(request.contract_id))
    if caller.role != "CON":
        query = query.where(rows.c.provider_id == uuid_of(caller.organisation, "organisation"))
    found, token = _page(session, query, rows, page_of(request))
    return sanction_service_pb2.ListSanctionsResponse(sanctions=map(sanction, found), next_page_token=token)


def list_adherence(
    session: Session, request: adherence.ListAdherenceRequest, *, caller: Caller
) -> adherence.ListAdherenceResponse:
    """A page of what counts against a contract; others than the county see their own."""
    rows, contract_id = tables.breach, resource_id(request.parent, resources.CONTRACTS)
    owner = contracts.provider_of(session, contract_id)
    if caller.role != "CON" and caller.organisation != str(owner):
        raise ProviderMismatch("only the provider itself may do or see this")
    query = select(Breach).where(rows.c.contract_id == contract_id)
    if request.ground:
        query = query.where(rows.c.ground == name_of(sanction_pb2.SanctionGround, request.ground))
    found, token = _page(session, query, rows, page_of(request))
    return adherence.ListAdherenceResponse(breaches=map(breach, found), next_page_token=token)


def list_clause_templates(session: Session) -> clause_service.ListClauseTemplatesResponse:
    """The templates of clauses that hold."""
    held = clauses.in_use(session)
    return clause_service.ListClauseTemplatesResponse(templates=map(template_message, held.values()))


def list_centre_decisions(
    session: Session, request: centres.ListCentreServiceDecisionsRequest
) -> centres.ListCentreServiceDecisionsResponse:
    """A page of the county's decisions about centres."""
    rows = tables.centre_service_decision
    query = select(CentreServiceDecision)
    if request.service_code:
        query = query.where(rows.c.service_code == request.service_code)
    if request.unit_id:
        query = query.where(literal(UUID(request.unit_id)) == any_(rows.c.unit_ids))
    found, token = _page(session, query, rows, page_of(request))
    return centres.ListCentreServiceDecisionsResponse(decisions=map(decision, found), next_page_token=token)


def _page(session: Session, query: Select[Found], rows: Table, page: Page) -> tuple[Sequence[Found], str]:
    """The objects of a page and the token of the next."""
    found = session.scalars(page.select(query, rows.c.created_at, rows.c.id)).all()
    return page.cut(found, lambda row: (row.created_at, row.id))
