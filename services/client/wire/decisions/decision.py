"""Decisions on the wire."""

from services.chassis.etags import etag_of
from services.chassis.names import resource_name
from services.chassis.values import day, instant
from services.chassis.words import value_of, word
from services.client.domain.decisions.decision import Appeal, Decision, Earlier, Grant, Outcome
from services.client.wire.values import day_of
from sote.client.v1 import decision_pb2
from sote.client.v1 import decision_service_pb2 as pb


def decision(decision: Decision, *, worded: bool = True) -> decision_pb2.Decision:
    """A decision as a resource; without the words of its appeals when they are not for every reader."""
    return decision_pb2.Decision(
        name=resource_name("decisions", decision.id),
        uid=str(decision.id),
        etag=etag_of(decision.version),
        create_time=instant(decision.created_at),
        client_id=str(decision.client_id),
        assessment_id=str(decision.assessment_id),
        service_code=decision.service_code,
        outcome=outcome(decision.grant.outcome),
        units=decision.grant.units,
        from_date=day(decision.grant.from_date),
        to_date=day(decision.grant.to_date),
        grounds=decision.grounds,
        decided_by=decision.decided_by,
        decided_date=day(decision.decided_date),
        appeal_until=day(decision.appeal_until),
        state=value_of(decision_pb2.DecisionState, decision.state),
        effective_date=day(decision.effective_date),
        appeals=[_appeal(each, worded) for each in decision.appeals],
        earlier=[_earlier(each) for each in decision.earlier],
    )


def _appeal(appeal: Appeal, worded: bool) -> decision_pb2.DecisionAppeal:
    return decision_pb2.DecisionAppeal(
        appealed_date=day(appeal.appealed_date),
        appealed_by=appeal.appealed_by,
        by_client=appeal.by_client,
        grounds=appeal.grounds if worded else "",
        answered_date=day(appeal.answered_date),
        answered_by=appeal.answered_by,
        answer_grounds=appeal.answer_grounds if worded else "",
    )


def _earlier(earlier: Earlier) -> decision_pb2.EarlierDecision:
    return decision_pb2.EarlierDecision(
        outcome=outcome(earlier.grant.outcome),
        units=earlier.grant.units,
        from_date=day(earlier.grant.from_date),
        to_date=day(earlier.grant.to_date),
        grounds=earlier.grounds,
        decided_by=earlier.decided_by,
        decided_date=day(earlier.decided_date),
        changed_from_date=day(earlier.changed_from),
    )


def outcome(outcome: Outcome) -> decision_pb2.DecisionOutcome.ValueType:
    """The proto value of an outcome."""
    return value_of(decision_pb2.DecisionOutcome, outcome)


def grant_from(message: pb.MakeDecisionRequest | pb.ChangeDecisionRequest) -> Grant:
    """What a request says a decision gives."""
    return Grant(
        outcome=word(Outcome, decision_pb2.DecisionOutcome, message.outcome),
        units=message.units,
        from_date=day_of(message, "from_date"),
        to_date=day_of(message, "to_date"),
    )
