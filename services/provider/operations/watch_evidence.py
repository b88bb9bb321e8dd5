"""What the clock does about evidence: warnings, and the suspension of contracts after the grace
(CONTRACT-5, CONTRACT-11)."""

from datetime import date, datetime, timedelta

from google.protobuf.message import Message
from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.outbox import announce
from services.provider.domain.condition import Evidence
from services.provider.domain.contract import Contract, ContractState
from services.provider.domain.contract_lifecycle import Suspension, SuspensionCause
from services.provider.domain.rules import Rules
from services.provider.operations.contracts import suspend
from services.provider.storage import conditions, contracts
from services.provider.wire import facts

AT_ONCE = 50
"""Findings, and contracts, of one transaction; the rest follow in the next."""


def watch_evidence(session: Session, *, rules: Rules, now: datetime) -> None:
    """Tell what runs out or ran out; suspend contracts that demand what ran out more than the days of grace ago."""
    day = helsinki_date(now)
    warn_until = day + timedelta(days=rules.warn_days)
    for found in conditions.load_evidence_to_announce(session, day=day, warn_until=warn_until, limit=AT_ONCE):
        fact = _announcement(found, rules, day=day, now=now)
        session.flush()
        announce(session, fact, aggregate="evidence", aggregate_id=found.id, version=found.version)
    expired_before = day - timedelta(days=rules.grace_days)
    for contract, code in contracts.without_evidence(session, expired_before=expired_before, limit=AT_ONCE):
        if contract.state is ContractState.ACTIVE:  # two conditions of one contract may have run out
            _suspend(session, contract, code, day=day, now=now)


def _announcement(found: Evidence, rules: Rules, *, day: date, now: datetime) -> Message:
    if found.valid_to is not None and found.valid_to < day:
        found.tell_expired(now=now)
        return facts.evidence_expired(found, grace_until=found.valid_to + timedelta(days=rules.grace_days))
    found.tell_expiring(now=now)
    return facts.evidence_expiring(found)


def _suspend(session: Session, contract: Contract, code: str, *, day: date, now: datetime) -> None:
    """With the days of safe continuation of its clause SAFE_CONTINUATION (CLAUSE-3); without the clause at once."""
    until, grounds = contract.safe_until(day), f"the evidence of the condition {code} ran out"
    suspension = Suspension(grounds=grounds, effective=day, safe_until=until, cause=SuspensionCause.EVIDENCE_EXPIRED)
    suspend(session, contract, suspension, day=day, now=now)
