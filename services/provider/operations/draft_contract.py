"""The county drafts a contract (CONTRACT-1)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.identity import Caller
from services.provider.domain.clauses import check_clauses
from services.provider.domain.condition import Clause, ConditionSet
from services.provider.domain.contract import Contract, ContractState
from services.provider.domain.provider import Provider
from services.provider.domain.terms import ContractTerms, check_draft
from services.provider.operations.contracts import announce_contract
from services.provider.storage import catalogue, conditions, contracts, providers
from services.provider.storage import clauses as templates
from services.provider.wire import facts
from sote.provider.v1 import events_pb2


def draft_contract(
    session: Session,
    *,
    provider_id: UUID,
    condition_set_id: UUID,
    terms: ContractTerms,
    caller: Caller,
    now: datetime,
    new_id: UUID,
) -> Contract:
    """Draft it under a published version of conditions, whose clauses it inherits; it binds nobody yet."""
    provider = providers.load_provider(session, provider_id)
    condition_set = conditions.get_condition_set(session, condition_set_id)
    entries = catalogue.entries(session, (line.service_code for line in terms.lines))
    check_clauses(terms.own_clauses, templates.in_use(session))
    clauses = check_draft(terms, provider=provider, conditions=condition_set, catalogue=entries)
    contract = _drafted(
        provider, condition_set, terms, clauses=clauses, created_by=caller.subject, now=now, contract_id=new_id
    )
    contract.number = contracts.next_number(session, provider.county_code)
    session.add(contract)
    fact = events_pb2.ContractDrafted(contract=facts.contract_facts(contract))
    announce_contract(session, contract, fact)
    return contract


def _drafted(
    provider: Provider,
    condition_set: ConditionSet,
    terms: ContractTerms,
    *,
    clauses: tuple[Clause, ...],
    created_by: str,
    now: datetime,
    contract_id: UUID,
) -> Contract:
    return Contract(
        id=contract_id,
        county_scheme=provider.county_scheme,
        county_code=provider.county_code,
        number="",
        provider_id=provider.id,
        kind=terms.kind,
        condition_set_id=condition_set.id,
        condition_set_number=condition_set.number,
        terms=terms,
        clauses=clauses,
        state=ContractState.DRAFT,
        termination_effective=None,
        version=1,
        created_at=now,
        created_by=created_by,
        updated_at=now,
    )
