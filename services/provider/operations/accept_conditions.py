"""A provider accepts the conditions of a contract (CONTRACT-2)."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.identity import Caller
from services.provider.domain.contract import Contract
from services.provider.operations.contracts import announce_contract
from services.provider.storage import contracts
from services.provider.wire import facts
from sote.provider.v1 import events_pb2


def accept_conditions(
    session: Session,
    *,
    contract_id: UUID,
    condition_set_id: UUID,
    number: int,
    clause_codes: Collection[str],
    etag: str,
    caller: Caller,
    now: datetime,
) -> Contract:
    """Accept, as the contract's provider, exactly its version of conditions and all its clauses."""
    contract = contracts.load_contract(session, contract_id, etag=etag)
    contract.accept_conditions(condition_set_id, number, clause_codes, by=caller.organisation, now=now)
    fact = events_pb2.ContractConditionsAccepted(contract=facts.contract_facts(contract))
    announce_contract(session, contract, fact)
    return contract
