"""Drafting a step of a service chain (CHAIN-1)."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.careplan.domain.chains.chain_step import Asked, ChainStep, check_not_itself
from services.careplan.domain.lifecycle.admission import check_client
from services.careplan.domain.plans.refusals import NoRelationship
from services.careplan.operations.plans.load_plan import works_for_county
from services.careplan.storage import chains
from services.careplan.storage.neighbours.clients import find_client
from services.careplan.wire.requests import organisation_of
from services.chassis.identity import Caller


def draft_chain_step(
    session: Session,
    *,
    asked: Asked,
    chain_id: UUID | None,
    caller: Caller,
    now: datetime,
    new_id: Callable[[], UUID],
) -> ChainStep:
    """Draft a step of a new chain, or the next one of `chain_id`, for an organisation that cares for the client."""
    sender = organisation_of(caller)
    county = works_for_county(session, sender)
    if sender is None or not (county or chains.related(session, asked.client_id, sender)):
        raise NoRelationship
    check_client(find_client(session, asked.client_id))
    check_not_itself(sender, asked.to_organisation_id)
    seq = 1 if chain_id is None else _next(session, chain_id, asked.client_id, sender, county=county)
    scheme, _, code = caller.county.partition(":")
    step = ChainStep(
        id=new_id(),
        chain_id=chain_id or new_id(),
        seq=seq,
        county_scheme=scheme,
        county_code=code,
        from_organisation_id=sender,
        created_at=now,
        created_by=caller.subject,
        updated_at=now,
        **vars(asked),
    )
    session.add(step)
    session.flush()
    return step


def _next(session: Session, chain_id: UUID, client_id: UUID, sender: UUID, *, county: bool) -> int:
    """The next number of the chain; refuses who has no part in it, and another client's chain."""
    steps = chains.chain(session, chain_id)
    parties = {party for step in steps for party in (step.from_organisation_id, step.to_organisation_id)}
    if not steps or steps[0].client_id != client_id or not (county or sender in parties):
        raise NoRelationship
    return steps[-1].seq + 1
