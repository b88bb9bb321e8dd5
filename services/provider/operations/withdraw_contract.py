"""The county withdraws a contract that never came into force (CONTRACT-10)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.etags import check_etag
from services.chassis.outbox import announce
from services.provider.domain.contract import Contract
from services.provider.storage import contracts
from services.provider.wire import facts
from sote.provider.v1 import events_pb2


def withdraw_contract(session: Session, *, contract_id: UUID, etag: str, now: datetime) -> Contract:
    """Withdraw a draft, accepted or not."""
    contract = contracts.for_update(session, contract_id)
    check_etag(etag, contract.version)
    contract.withdraw(now=now)
    session.flush()
    fact = events_pb2.ContractWithdrawn(contract=facts.contract_facts(contract))
    announce(session, fact, aggregate="contracts", aggregate_id=contract.uid, version=contract.version)
    return contract
