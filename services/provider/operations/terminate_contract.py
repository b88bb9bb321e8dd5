"""The county terminates a contract (CONTRACT-8)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.provider.domain.contract import Contract
from services.provider.domain.contract_lifecycle import TerminationCause
from services.provider.operations.contracts import terminate
from services.provider.storage import contracts


def terminate_contract(
    session: Session, *, contract_id: UUID, cause: TerminationCause, etag: str, now: datetime
) -> Contract:
    """Terminate it after its notice, or for a cause with today as its last day."""
    contract = contracts.load_contract(session, contract_id, etag=etag)
    terminate(session, contract, cause, day=helsinki_date(now), now=now)
    return contract
