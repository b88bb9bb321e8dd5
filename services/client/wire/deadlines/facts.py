"""The facts of deadlines: ids, days and codes only (INV-25)."""

from services.chassis.values import day, id_text
from services.chassis.words import value_of
from services.client.domain.deadlines.deadline import Deadline
from sote.client.v1 import assessment_pb2, events_pb2


def deadline_approaching(deadline: Deadline) -> events_pb2.DeadlineApproaching:
    """A limit approaches (ASSESSMENT-8)."""
    return events_pb2.DeadlineApproaching(deadline=_facts(deadline))


def deadline_missed(deadline: Deadline) -> events_pb2.DeadlineMissed:
    """A limit was missed (ASSESSMENT-8)."""
    return events_pb2.DeadlineMissed(deadline=_facts(deadline))


def _facts(deadline: Deadline) -> events_pb2.DeadlineFacts:
    return events_pb2.DeadlineFacts(
        deadline_id=str(deadline.id),
        client_id=str(deadline.client_id),
        assessment_id=id_text(deadline.assessment_id),
        milestone=value_of(assessment_pb2.DeadlineMilestone, deadline.milestone),
        due_date=day(deadline.due_date),
        rule_codes=deadline.rule_codes,
        version=deadline.version,
        contact_id=id_text(deadline.contact_id),
        decision_id=id_text(deadline.decision_id),
    )
