"""Finding the chain step a command is about, locked, for the one end that may give the command."""

from uuid import UUID

from sqlalchemy.orm import Session

from services.careplan.domain.chains.chain_step import ChainStep
from services.careplan.domain.plans.refusals import NoRelationship
from services.careplan.storage import chains
from services.careplan.wire.requests import organisation_of
from services.chassis.etags import check_etag
from services.chassis.identity import Caller


def senders_step(session: Session, step_id: UUID, etag: str, caller: Caller) -> ChainStep:
    """The step the caller's organisation drafted; refuses others and unknown ones alike, and a stale `etag`."""
    step = _locked(session, step_id)
    step.require_sender(organisation_of(caller))
    check_etag(etag, step.version)
    return step


def targets_step(session: Session, step_id: UUID, etag: str, caller: Caller) -> ChainStep:
    """The step sent to the caller's organisation; refuses others and unknown ones alike, and a stale `etag`."""
    step = _locked(session, step_id)
    step.require_target(organisation_of(caller))
    check_etag(etag, step.version)
    return step


def _locked(session: Session, step_id: UUID) -> ChainStep:
    step = chains.locked(session, step_id)
    if step is None:
        raise NoRelationship
    return step
