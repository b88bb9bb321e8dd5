"""Decisions on the wire."""

from typing import Any

from services.chassis.etags import etag_of
from services.chassis.names import resource_name
from services.chassis.values import day, instant
from services.chassis.words import value_of, word
from services.client.domain.decisions.decision import Appeal, Decision, Earlier, Grant, Outcome
from services.client.wire.values import day_of
from sote.client.v1 import decision_pb2


def decision(one: Decision, *, worded: bool = True) -> decision_pb2.Decision:
    """A decision as a resource; without the words of its appeals when they are not for every reader."""
    return decision_pb2.Decision(
        name=resource_name("decisions", one.id),
        uid=str(one.id),
        etag=etag_of(one.version),
        create_time=instant(one.created_at),
        client_id=str(one.client_id),
        assessment_id=str(one.assessment_id),
        service_code=one.service_code,
        outcome=outcome(one.grant.outcome),
        units=one.grant.units,
        from_date=day(one.grant.from_date),
        to_date=day(one.grant.to_date),
        grounds=one.grounds,
        decided_by=one.decided_by,
        decided_date=day(one.decided_date),
        appeal_until=day(one.appeal_until),
        state=value_of(decision_pb2.DecisionState, one.state),
        effective_date=day(one.effective_date),
        appeals=[_appeal(each, worded) for each in one.appeals],
        earlier=[_earlier(each) for each in one.earlier],
    )


def _appeal(one: Appeal, worded: bool) -> decision_pb2.DecisionAppeal:
    return decision_pb2.DecisionAppeal(
        appealed_date=day(one.appealed_date),
        appealed_by=one.appealed_by,
        by_client=one.by_client,
        grounds=one.grounds if worded else "",
        answered_date=day(one.answered_date),
        answered_by=one.answered_by,
        answer_grounds=one.answer_grounds if worded else "",
    )


def _earlier(one: Earlier) -> decision_pb2.EarlierDecision:
    return decision_pb2.EarlierDecision(
        outcome=outcome(one.grant.outcome),
        units=one.grant.units,
        from_date=day(one.grant.from_date),
        to_date=day(one.grant.to_date),
        grounds=one.grounds,
        decided_by=one.decided_by,
        decided_date=day(one.decided_date),
        changed_from_date=day(one.changed_from),
    )


def outcome(one: Outcome) -> Any:
    """The proto value of an outcome."""
    return value_of(decision_pb2.DecisionOutcome, one)


def grant_from(told: Any) -> Grant:
    """What a request says a decision gives."""
    return Grant(
        outcome=word(Outcome, decision_pb2.DecisionOutcome, told.outcome),
        units=told.units,
        from_date=day_of(told, "from_date"),
        to_date=day_of(told, "to_date"),
    )
