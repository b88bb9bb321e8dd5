"""What verbs about contracts share: announcing, and the ways a contract is suspended and ended."""

from datetime import date, datetime

from google.protobuf.message import Message
from sqlalchemy.orm import Session

from services.chassis.outbox import announce
from services.provider.domain.contract import Contract
from services.provider.domain.contract_lifecycle import Suspension, TerminationCause
from services.provider.wire import facts
from sote.provider.v1 import events_pb2


def announce_contract(session: Session, contract: Contract, fact: Message) -> None:
    """Write a fact of the contract to the outbox."""
    session.flush()
    announce(session, fact, aggregate="contracts", aggregate_id=contract.id, version=contract.version)


def suspend(session: Session, contract: Contract, suspension: Suspension, *, day: date, now: datetime) -> None:
    """Suspend a contract in force; it takes no new client from this moment on."""
    contract.suspend(suspension, day=day, now=now)
    announce_contract(session, contract, events_pb2.ContractSuspended(contract=facts.contract_facts(contract)))


def terminate(session: Session, contract: Contract, cause: TerminationCause, *, day: date, now: datetime) -> None:
    """End a contract for good."""
    contract.terminate(cause, day=day, now=now)
    announce_contract(session, contract, facts.terminated(contract, cause))
