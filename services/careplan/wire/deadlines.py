"""Deadlines as facts and as resources."""

from services.careplan.domain.deadlines.deadline import Deadline
from services.chassis.names import resource_name
from services.chassis.values import day, id_text, instant
from services.chassis.words import value_of
from sote.careplan.v1 import deadline_pb2, events_pb2


def deadline_facts(deadline: Deadline) -> events_pb2.DeadlineFacts:
    """What others may know of a deadline."""
    return events_pb2.DeadlineFacts(
        deadline_id=str(deadline.id),
        client_id=str(deadline.client_id),
        plan_id=id_text(deadline.plan_id),
        subject=value_of(deadline_pb2.DeadlineSubject, deadline.subject),
        subject_id=str(deadline.subject_id),
        due_date=day(deadline.due),
        version=deadline.version,
    )


def deadline_approaching(deadline: Deadline) -> events_pb2.DeadlineApproaching:
    """It ends soon."""
    return events_pb2.DeadlineApproaching(deadline=deadline_facts(deadline))


def deadline_missed(deadline: Deadline) -> events_pb2.DeadlineMissed:
    """It is over."""
    return events_pb2.DeadlineMissed(deadline=deadline_facts(deadline))


def deadline(deadline: Deadline) -> deadline_pb2.Deadline:
    """The resource Deadline."""
    return deadline_pb2.Deadline(
        name=resource_name("deadlines", deadline.id),
        uid=str(deadline.id),
        create_time=instant(deadline.created_at),
        client_id=str(deadline.client_id),
        plan_id=id_text(deadline.plan_id),
        subject=value_of(deadline_pb2.DeadlineSubject, deadline.subject),
        subject_id=str(deadline.subject_id),
        due_date=day(deadline.due),
        missed=deadline.missed_at is not None,
    )
