"""The county suspends a contract (CONTRACT-5)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.etags import check_etag
from services.chassis.outbox import announce
from services.provider.domain.contract import Contract
from services.provider.domain.course import Suspension
from services.provider.storage import contracts
from services.provider.wire import facts
from sote.provider.v1 import events_pb2


def suspend_contract(
    session: Session, *, contract_id: UUID, suspension: Suspension, etag: str, now: datetime
) -> Contract:
    """Suspend a contract in force; it takes no new client from this moment on."""
    contract = contracts.for_update(session, contract_id)
    check_etag(etag, contract.version)
    contract.suspend(suspension, day=helsinki_date(now), now=now)
    fact = events_pb2.ContractSuspended(contract=facts.contract_facts(contract))
    session.flush()
    announce(session, fact, aggregate="contracts", aggregate_id=contract.uid, version=contract.version)
    return contract
