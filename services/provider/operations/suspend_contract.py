"""The county suspends a contract (CONTRACT-5)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.provider.domain.contract import Contract
from services.provider.domain.contract_lifecycle import Suspension
from services.provider.operations.contracts import suspend
from services.provider.storage import contracts


def suspend_contract(
    session: Session, *, contract_id: UUID, suspension: Suspension, etag: str, now: datetime
) -> Contract:
    """Suspend a contract in force, with or without days of safe continuation."""
    contract = contracts.load_contract(session, contract_id, etag=etag)
    suspend(session, contract, suspension, day=helsinki_date(now), now=now)
    return contract
