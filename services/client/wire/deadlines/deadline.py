"""Deadlines on the wire."""

from datetime import date
from typing import Any

from services.chassis.names import resource_name
from services.chassis.values import day, id_text, instant
from services.chassis.words import value_of, word
from services.client.domain.deadlines.deadline import Deadline, DeadlineEnd
from sote.client.v1 import assessment_pb2


def deadline(one: Deadline, *, today: date | None = None) -> assessment_pb2.Deadline:
    """A limit with what was told of it; its state is told as of `today`, and not in what is kept for later."""
    return assessment_pb2.Deadline(
        name=resource_name("deadlines", one.id),
        milestone=value_of(assessment_pb2.DeadlineMilestone, one.milestone),
        due_date=day(one.due_date),
        rule_codes=one.rule_codes,
        ended_date=day(one.ended_date),
        warned_time=instant(one.told_approaching) if one.told_approaching else None,
        missed_time=instant(one.told_missed) if one.told_missed else None,
        client_id=str(one.client_id),
        assessment_id=id_text(one.assessment_id),
        contact_id=id_text(one.contact_id),
        decision_id=id_text(one.decision_id),
        service_codes=one.service_codes,
        end=value_of(assessment_pb2.DeadlineEnd, one.end),
        state=_state(one, today) if today else assessment_pb2.DEADLINE_STATE_UNSPECIFIED,
    )


def _state(one: Deadline, today: date) -> assessment_pb2.DeadlineState.ValueType:
    if one.ended_date is not None:
        return assessment_pb2.DEADLINE_STATE_ENDED
    if today > one.due_date:
        return assessment_pb2.DEADLINE_STATE_MISSED
    return assessment_pb2.DEADLINE_STATE_APPROACHING if today >= one.warn_date else assessment_pb2.DEADLINE_STATE_OPEN


def end_from(value: Any) -> DeadlineEnd:
    """The end told."""
    return word(DeadlineEnd, assessment_pb2.DeadlineEnd, value)
