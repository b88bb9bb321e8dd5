"""A provider agrees to a change of a line (CONTRACT-4)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.identity import Caller
from services.provider.domain.contract import Contract
from services.provider.domain.contract_lifecycle import LineChange
from services.provider.operations.contracts import announce_contract
from services.provider.storage import contracts
from services.provider.wire import facts


def agree_line_change(
    session: Session, *, contract_id: UUID, change: LineChange, etag: str, caller: Caller, now: datetime
) -> Contract:
    """Agree, as the contract's provider, to exactly what the county proposed."""
    contract = contracts.load_contract(session, contract_id, etag=etag)
    contract.agree_change(change, by=caller.organisation, day=helsinki_date(now), now=now)
    fact = facts.change_agreed(contract, change)
    announce_contract(session, contract, fact)
    return contract
