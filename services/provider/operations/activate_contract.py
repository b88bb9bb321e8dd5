"""The county puts a contract into force (CONTRACT-3)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.provider.domain.contract import Contract
from services.provider.operations.contracts import announce_contract
from services.provider.storage import catalogue, conditions, contracts, providers
from services.provider.wire import facts
from sote.provider.v1 import events_pb2


def activate_contract(session: Session, *, contract_id: UUID, etag: str, now: datetime) -> Contract:
    """Activate a contract whose conditions were accepted, with the evidence and the catalogue as they are today."""
    provider_id = contracts.provider_of(session, contract_id)
    # First: a removal at the same moment waits, or is waited for.
    provider = providers.load_provider(session, provider_id)
    contract = contracts.load_contract(session, contract_id, etag=etag)
    contract.activate(
        provider=provider,
        conditions=conditions.get_condition_set(session, contract.condition_set_id),
        evidence=providers.evidence_of(session, provider_id),
        catalogue=catalogue.entries(session, (line.service_code for line in contract.terms.lines)),
        day=helsinki_date(now),
        now=now,
    )
    fact = events_pb2.ContractActivated(contract=facts.contract_facts(contract))
    announce_contract(session, contract, fact)
    return contract
