"""What the clock does to contracts in force: changes that count, ends that are reached or near
(CONTRACT-4, CONTRACT-8, CONTRACT-9, CONTRACT-11)."""

from datetime import date, datetime, timedelta

from google.protobuf.message import Message
from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.provider.domain.contract import Contract, ContractState
from services.provider.domain.contract_lifecycle import TerminationCause
from services.provider.domain.rules import Rules
from services.provider.operations.contracts import announce_contract
from services.provider.storage import contracts
from services.provider.wire import facts

AT_ONCE = 50
"""Contracts of one transaction; the rest follow in the next."""


def advance_contracts(session: Session, *, rules: Rules, now: datetime) -> None:
    """One step for each contract that is due: what ends it comes first, a warning last."""
    day = helsinki_date(now)
    warn_until = day + timedelta(days=rules.warn_days)
    for contract in contracts.due(session, day=day, warn_until=warn_until, limit=AT_ONCE):
        fact = _advance(contract, day=day, now=now)
        announce_contract(session, contract, fact)


def _advance(contract: Contract, *, day: date, now: datetime) -> Message:
    """A notice that has passed ends the contract without waiting for anybody: process C starts in time."""
    active = contract.state is ContractState.ACTIVE
    if contract.termination_effective is not None and contract.termination_effective < day:
        contract.terminate(TerminationCause.NOTICE, day=day, now=now)
        return facts.terminated(contract, TerminationCause.NOTICE)
    if active and contract.terms.valid_to < day:
        contract.expire(day=day, now=now)
        return facts.expired(contract)
    if active and contract.next_change_on is not None and contract.next_change_on <= day:
        return facts.line_changed(contract, contract.apply_changes(day=day, now=now))
    contract.warn_of_end(now=now)
    return facts.ending_soon(contract)
