"""A copy of a direct-choice contract."""

from sqlalchemy.orm import Session

from services.client.storage.neighbours import contract
from services.client.wire.neighbours import contract_copy
from sote.provider.v1.contract_pb2 import CONTRACT_KIND_DIRECT_CHOICE
from sote.provider.v1.events_pb2 import ContractFacts


def keep_contract(session: Session, *, facts: ContractFacts) -> None:
    """Keep a copy of a contract for direct choice; others are nothing to this service."""
    if facts.kind == CONTRACT_KIND_DIRECT_CHOICE:
        contract.store_contract(session, contract_copy(facts))
