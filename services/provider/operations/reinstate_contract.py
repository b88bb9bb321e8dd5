"""The county reinstates a suspended contract (CONTRACT-6)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.provider.domain.contract import Contract
from services.provider.operations.contracts import announce_contract
from services.provider.storage import conditions, contracts, providers
from services.provider.wire import facts
from sote.provider.v1 import events_pb2


def reinstate_contract(session: Session, *, contract_id: UUID, etag: str, now: datetime) -> Contract:
    """Reinstate it with the evidence as it is today."""
    contract = contracts.load_contract(session, contract_id, etag=etag)
    contract.reinstate(
        provider=providers.get_provider(session, contract.provider_id),
        conditions=conditions.get_condition_set(session, contract.condition_set_id),
        evidence=providers.evidence_of(session, contract.provider_id),
        day=helsinki_date(now),
        now=now,
    )
    fact = events_pb2.ContractReinstated(contract=facts.contract_facts(contract))
    announce_contract(session, contract, fact)
    return contract
