"""The facts of decisions: each carries the whole decision, and no word of its grounds (INV-25)."""

from typing import Any

from services.chassis.values import day
from services.client.domain.decisions.decision import Decision
from services.client.wire.decisions.decision import outcome
from sote.client.v1 import events_pb2


def decision_made(one: Decision) -> events_pb2.DecisionMade:
    """ASSESSMENT-7."""
    return events_pb2.DecisionMade(**_whole(one))


def decision_appealed(one: Decision) -> events_pb2.DecisionAppealed:
    """DECISION-1."""
    return events_pb2.DecisionAppealed(**_whole(one), appealed_date=day(one.appeals[-1].appealed_date))


def decision_upheld(one: Decision) -> events_pb2.DecisionUpheld:
    """DECISION-1."""
    return events_pb2.DecisionUpheld(**_whole(one), answered_date=day(one.appeals[-1].answered_date))


def decision_changed(one: Decision) -> events_pb2.DecisionChanged:
    """DECISION-1."""
    return events_pb2.DecisionChanged(**_whole(one), effective_date=day(one.effective_date))


def _whole(one: Decision) -> dict[str, Any]:
    return {
        "decision_id": str(one.id),
        "assessment_id": str(one.assessment_id),
        "client_id": str(one.client_id),
        "service_code": one.service_code,
        "outcome": outcome(one.grant.outcome),
        "units": one.grant.units,
        "from_date": day(one.grant.from_date),
        "to_date": day(one.grant.to_date),
        "version": one.version,
    }
