"""The county decides that its enterprise gives a service at centres (S1.20, S2.24)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.identity import Caller
from services.chassis.outbox import announce
from services.provider.domain.centre import CentreServiceDecision, CentreServiceTerms, check_decision
from services.provider.storage import catalogue, centres
from services.provider.wire.centres import decision_facts
from sote.provider.v1 import events_pb2


def decide_centre_service(
    session: Session, *, terms: CentreServiceTerms, caller: Caller, now: datetime, new_id: UUID
) -> CentreServiceDecision:
    """Make the decision; its number is the county's own and used once."""
    entry = catalogue.entries(session, [terms.service_code]).get(terms.service_code)
    check_decision(terms, entry=entry, kinds=centres.kinds_of(session, terms.unit_ids))
    scheme, _, code = caller.county.partition(":")
    decision = CentreServiceDecision(
        id=new_id,
        county_scheme=scheme,
        county_code=code,
        decision_number=terms.decision_number,
        service_code=terms.service_code,
        unit_ids=terms.unit_ids,
        from_date=terms.from_date,
        to_date=terms.to_date,
        version=1,
        created_at=now,
        created_by=caller.subject,
        updated_at=now,
    )
    session.add(decision)
    session.flush()
    fact = events_pb2.CentreServiceDecided(decision=decision_facts(decision))
    announce(session, fact, aggregate="centreServiceDecisions", aggregate_id=decision.id, version=decision.version)
    return decision
