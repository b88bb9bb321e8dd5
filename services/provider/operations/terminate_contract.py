"""The county terminates a contract (CONTRACT-8)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.etags import check_etag
from services.chassis.outbox import announce
from services.provider.domain.contract import Contract
from services.provider.domain.course import TerminationCause
from services.provider.storage import contracts
from services.provider.wire import facts


def terminate_contract(
    session: Session, *, contract_id: UUID, cause: TerminationCause, etag: str, now: datetime
) -> Contract:
    """Terminate it after its notice, or for a cause with today as its last day."""
    contract = contracts.for_update(session, contract_id)
    check_etag(etag, contract.version)
    contract.terminate(cause, day=helsinki_date(now), now=now)
    fact = facts.terminated(contract, cause)
    session.flush()
    announce(session, fact, aggregate="contracts", aggregate_id=contract.uid, version=contract.version)
    return contract
