"""DECISION-1: a client appeals against a decision."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.etags import check_etag
from services.chassis.identity import Caller
from services.client.domain.decisions.decision import Appeal, Decision
from services.client.domain.refusals import NoRelationship, Unknown
from services.client.operations.callers import is_client
from services.client.operations.decisions.decision import announce_decision
from services.client.operations.representatives.representation import acts_for
from services.client.storage.decisions import load_decision
from services.client.storage.neighbours import catalogue
from services.client.wire.decisions.facts import decision_appealed


def appeal_decision(
    session: Session, *, decision_id: UUID, grounds: str, etag: str, caller: Caller, now: datetime
) -> Decision:
    """Take the client's appeal, in person or through an official; also of a client who moved away since."""
    decision = _appealable(session, decision_id, caller, now)
    check_etag(etag, decision.version)
    decision.appeal(Appeal(helsinki_date(now), caller.subject, is_client(caller), grounds))
    return announce_decision(session, decision, decision_appealed(decision), now)


def _appealable(session: Session, decision_id: UUID, caller: Caller, now: datetime) -> Decision:
    """The decision, locked; to a client the decision of one it does not represent does not exist (INV-14)."""
    try:
        client, decision = load_decision(session, decision_id)
    except Unknown:
        if is_client(caller):
            raise NoRelationship from None
        raise
    service = catalogue.services(session, [decision.service_code]).get(decision.service_code)
    sector, today = service.sector if service else None, helsinki_date(now)
    if is_client(caller) and not acts_for(session, caller.subject, client.id, sector=sector, today=today):
        raise NoRelationship
    return decision
