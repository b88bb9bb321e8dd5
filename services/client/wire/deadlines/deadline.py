"""Deadlines on the wire."""

from datetime import date

from services.chassis.names import resource_name
from services.chassis.values import day, id_text, instant
from services.chassis.words import value_of, word
from services.client.domain.deadlines.deadline import Deadline, DeadlineEnd
from sote.client.v1 import assessment_pb2


def deadline(deadline: Deadline, *, today: date | None = None) -> assessment_pb2.Deadline:
    """A limit with what was announced of it; its state is as of `today`, and left out of what is stored."""
    return assessment_pb2.Deadline(
        name=resource_name("deadlines", deadline.id),
        milestone=value_of(assessment_pb2.DeadlineMilestone, deadline.milestone),
        due_date=day(deadline.due_date),
        rule_codes=deadline.rule_codes,
        ended_date=day(deadline.ended_date),
        warned_time=instant(deadline.told_approaching) if deadline.told_approaching else None,
        missed_time=instant(deadline.told_missed) if deadline.told_missed else None,
        client_id=str(deadline.client_id),
        assessment_id=id_text(deadline.assessment_id),
        contact_id=id_text(deadline.contact_id),
        decision_id=id_text(deadline.decision_id),
        service_codes=deadline.service_codes,
        end=value_of(assessment_pb2.DeadlineEnd, deadline.end),
        state=_state(deadline, today) if today else assessment_pb2.DEADLINE_STATE_UNSPECIFIED,
    )


def _state(deadline: Deadline, today: date) -> assessment_pb2.DeadlineState.ValueType:
    if deadline.ended_date is not None:
        return assessment_pb2.DEADLINE_STATE_ENDED
    if today > deadline.due_date:
        return assessment_pb2.DEADLINE_STATE_MISSED
    return (
        assessment_pb2.DEADLINE_STATE_APPROACHING if today >= deadline.warn_date else assessment_pb2.DEADLINE_STATE_OPEN
    )


def end_from(value: int) -> DeadlineEnd:
    """The end that a request names."""
    return word(DeadlineEnd, assessment_pb2.DeadlineEnd, value)
