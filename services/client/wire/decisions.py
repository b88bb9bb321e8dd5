"""Decisions on the wire."""

from typing import Any

from services.chassis.etags import etag_of
from services.chassis.names import resource_name
from services.chassis.values import day, instant
from services.client.domain.decision import Decision, DecisionStatus
from services.client.wire.values import number, word
from sote.client.v1 import decision_pb2, events_pb2


def decision(one: Decision) -> decision_pb2.Decision:
    """A decision as a resource."""
    return decision_pb2.Decision(
        name=resource_name("decisions", one.id),
        uid=str(one.id),
        etag=etag_of(one.version),
        create_time=instant(one.created_at),
        client_id=str(one.client_id),
        assessment_id=str(one.assessment_id),
        service_code=one.service_code,
        outcome=number(events_pb2.DecisionOutcome, "DECISION_OUTCOME", one.status),
        units=one.units,
        from_date=day(one.from_date),
        to_date=day(one.to_date),
        grounds=one.grounds,
        decided_by=one.created_by,
        decided_date=day(one.decided_date),
        appeal_until=day(one.appeal_until),
    )


def outcome_of(value: Any) -> DecisionStatus:
    """The outcome told: GRANTED, PARTLY or REJECTED."""
    return word(events_pb2.DecisionOutcome, "DECISION_OUTCOME", value, DecisionStatus)
