"""The facts of deadlines: ids, days and codes only (INV-25)."""

from services.chassis.values import day, id_text
from services.chassis.words import value_of
from services.client.domain.deadlines.deadline import Deadline
from sote.client.v1 import assessment_pb2, events_pb2


def deadline_approaching(one: Deadline) -> events_pb2.DeadlineApproaching:
    """ASSESSMENT-8."""
    return events_pb2.DeadlineApproaching(deadline=_facts(one))


def deadline_missed(one: Deadline) -> events_pb2.DeadlineMissed:
    """ASSESSMENT-8."""
    return events_pb2.DeadlineMissed(deadline=_facts(one))


def _facts(one: Deadline) -> events_pb2.DeadlineFacts:
    return events_pb2.DeadlineFacts(
        deadline_id=str(one.id),
        client_id=str(one.client_id),
        assessment_id=id_text(one.assessment_id),
        milestone=value_of(assessment_pb2.DeadlineMilestone, one.milestone),
        due_date=day(one.due_date),
        rule_codes=one.rule_codes,
        version=one.version,
        contact_id=id_text(one.contact_id),
        decision_id=id_text(one.decision_id),
    )
