"""Something counts against a contract; when it is too much a sanction is proposed (SANCTION-4, S1.30)."""

from collections.abc import Callable, Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.provider.domain.adherence import Breach, Subject, enough, first_day_counted, measure_for, refusal_counts
from services.provider.domain.contract import IN_FORCE, Contract
from services.provider.domain.rules import Rules
from services.provider.domain.sanction import PENDING, Ground
from services.provider.operations.sanctions import propose_sanction
from services.provider.storage import adherence, contracts

BY_ITSELF = "adherence"
"""Who proposes when nobody does."""


def record_breach(
    session: Session,
    *,
    contract_id: UUID,
    ground: Ground,
    subject: Subject,
    rules: Rules,
    now: datetime,
    new_id: Callable[[], UUID],
) -> None:
    """Add it to the contract's ledger once and propose what it is cause for; running care is not touched.

    One proposal a ground is open at a time, and no breach is held against the provider twice. The contract's row lock
    lets one breach at a time be counted.
    """
    contract = contracts.load_contract(session, contract_id)
    _record(session, contract, ground, subject, rules=rules, now=now, new_id=new_id)


def record_refusals(
    session: Session,
    *,
    contract_ids: Iterable[UUID],
    plan: Subject,
    reason_code: str,
    rules: Rules,
    now: datetime,
    new_id: Callable[[], UUID],
) -> None:
    """A version of a plan was refused: it counts against each contract under which that is not allowed (process E)."""
    for contract_id in sorted(contract_ids):
        contract = contracts.load_contract(session, contract_id)
        if refusal_counts(contract.kind, reason_code):
            _record(session, contract, Ground.REFUSAL_NOT_ALLOWED, plan, rules=rules, now=now, new_id=new_id)


def _record(
    session: Session,
    contract: Contract,
    ground: Ground,
    subject: Subject,
    *,
    rules: Rules,
    now: datetime,
    new_id: Callable[[], UUID],
) -> None:
    day = helsinki_date(now)
    if adherence.is_recorded(session, contract.id, ground, subject):
        return
    breach = Breach(
        id=new_id(),
        county_scheme=contract.county_scheme,
        county_code=contract.county_code,
        contract_id=contract.id,
        provider_id=contract.provider_id,
        ground=ground,
        number=adherence.next_number(session, contract.id, ground),
        subject_id=subject.id,
        major=subject.major,
        minor=subject.minor,
        noted_on=day,
        created_at=now,
    )
    session.add(breach)
    session.flush()
    if contract.state in IN_FORCE:
        _propose_if_enough(session, breach, rules, now, new_id)


def _propose_if_enough(
    session: Session, breach: Breach, rules: Rules, now: datetime, new_id: Callable[[], UUID]
) -> None:
    contract_id, ground, day = breach.contract_id, breach.ground, breach.noted_on
    last = adherence.last_proposed(session, contract_id, ground)
    if last is not None and last.state in PENDING:
        return
    since, after = first_day_counted(day, rules), 0 if last is None else last.counted_to
    counted = adherence.counted(session, contract_id, ground, after=after, since=since)
    if not enough(ground, counted, rules):
        return
    imposed = adherence.last_imposed(session, contract_id)
    propose_sanction(
        session,
        contract_id=contract_id,
        measure=measure_for(ground, counted, last_imposed=imposed, day=day, rules=rules),
        rules=rules,
        by=BY_ITSELF,
        now=now,
        new_id=new_id(),
        ground=ground,
        counted_to=breach.number,
    )
