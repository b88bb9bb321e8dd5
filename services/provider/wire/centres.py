"""Decisions about centres on the wire: what the county asks, the facts, the resource."""

from uuid import UUID

from services.chassis.etags import etag_of
from services.chassis.names import resource_name
from services.chassis.values import day, day_of, instant
from services.provider.domain.centre import CentreServiceDecision, CentreServiceTerms
from sote.provider.v1 import centre_pb2
from sote.provider.v1 import centre_service_pb2 as service

DECISIONS = "centreServiceDecisions"


def decision_terms(request: service.DecideCentreServiceRequest) -> CentreServiceTerms:
    """What the county decides."""
    return CentreServiceTerms(
        decision_number=request.decision_number,
        service_code=request.service_code,
        unit_ids=tuple(UUID(unit_id) for unit_id in request.unit_ids),
        from_date=day_of(request.from_date, "from_date"),
        to_date=day_of(request.to_date, "to_date") if request.HasField("to_date") else None,
    )


def decision_facts(found: CentreServiceDecision) -> centre_pb2.CentreServiceDecisionFacts:
    """All of a decision."""
    return centre_pb2.CentreServiceDecisionFacts(
        centre_service_decision_id=str(found.id),
        decision_number=found.decision_number,
        service_code=found.service_code,
        unit_ids=[str(unit_id) for unit_id in found.unit_ids],
        from_date=day(found.from_date),
        to_date=day(found.to_date),
        version=found.version,
    )


def decision(found: CentreServiceDecision) -> centre_pb2.CentreServiceDecision:
    """A decision as callers get it."""
    return centre_pb2.CentreServiceDecision(
        name=resource_name(DECISIONS, found.id),
        uid=str(found.id),
        etag=etag_of(found.version),
        create_time=instant(found.created_at),
        update_time=instant(found.updated_at),
        facts=decision_facts(found),
    )
