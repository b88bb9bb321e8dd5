"""The facts of decisions: each carries the whole decision, and no word of its grounds (INV-25)."""

from typing import Any

from services.chassis.values import day
from services.client.domain.decisions.decision import Decision
from services.client.wire.decisions.decision import outcome
from sote.client.v1 import events_pb2


def decision_made(decision: Decision) -> events_pb2.DecisionMade:
    """An official decided on a service (ASSESSMENT-7)."""
    return events_pb2.DecisionMade(**_whole(decision))


def decision_appealed(decision: Decision) -> events_pb2.DecisionAppealed:
    """The client appealed (DECISION-1)."""
    return events_pb2.DecisionAppealed(**_whole(decision), appealed_date=day(decision.appeals[-1].appealed_date))


def decision_upheld(decision: Decision) -> events_pb2.DecisionUpheld:
    """The appeal changed nothing (DECISION-1)."""
    return events_pb2.DecisionUpheld(**_whole(decision), answered_date=day(decision.appeals[-1].answered_date))


def decision_changed(decision: Decision) -> events_pb2.DecisionChanged:
    """It says something else from a day on (DECISION-1)."""
    return events_pb2.DecisionChanged(**_whole(decision), effective_date=day(decision.effective_date))


def _whole(decision: Decision) -> dict[str, Any]:
    return {
        "decision_id": str(decision.id),
        "assessment_id": str(decision.assessment_id),
        "client_id": str(decision.client_id),
        "service_code": decision.service_code,
        "outcome": outcome(decision.grant.outcome),
        "units": decision.grant.units,
        "from_date": day(decision.grant.from_date),
        "to_date": day(decision.grant.to_date),
        "version": decision.version,
    }
