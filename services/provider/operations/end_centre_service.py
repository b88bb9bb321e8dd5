"""The county sets the last day of a decision about centres (S1.20)."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.outbox import announce
from services.provider.domain.centre import CentreServiceDecision
from services.provider.storage import centres
from services.provider.wire.centres import decision_facts
from sote.provider.v1 import events_pb2


def end_centre_service(
    session: Session, *, decision_id: UUID, last: date, etag: str, now: datetime
) -> CentreServiceDecision:
    """End it on that day; what is planned by then is for those who hear of it."""
    decision = centres.load_decision(session, decision_id, etag=etag)
    decision.end(last, day=helsinki_date(now), now=now)
    session.flush()
    fact = events_pb2.CentreServiceDecisionEnded(decision=decision_facts(decision))
    announce(session, fact, aggregate="centreServiceDecisions", aggregate_id=decision.id, version=decision.version)
    return decision
