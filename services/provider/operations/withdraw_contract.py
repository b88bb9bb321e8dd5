"""The county withdraws a contract that never came into force (CONTRACT-10)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.provider.domain.contract import Contract
from services.provider.operations.contracts import announce_contract
from services.provider.storage import contracts
from services.provider.wire import facts
from sote.provider.v1 import events_pb2


def withdraw_contract(session: Session, *, contract_id: UUID, etag: str, now: datetime) -> Contract:
    """Withdraw a draft, accepted or not."""
    contract = contracts.load_contract(session, contract_id, etag=etag)
    contract.withdraw(now=now)
    fact = events_pb2.ContractWithdrawn(contract=facts.contract_facts(contract))
    announce_contract(session, contract, fact)
    return contract
