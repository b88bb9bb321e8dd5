"""Deadlines as facts and as resources."""

from services.careplan.domain.deadlines.deadline import Deadline
from services.chassis.names import resource_name
from services.chassis.values import day, id_text, instant
from services.chassis.words import value_of
from sote.careplan.v1 import deadline_pb2, events_pb2


def deadline_facts(it: Deadline) -> events_pb2.DeadlineFacts:
    """What others may know of a deadline."""
    return events_pb2.DeadlineFacts(
        deadline_id=str(it.id),
        client_id=str(it.client_id),
        plan_id=id_text(it.plan_id),
        subject=value_of(deadline_pb2.DeadlineSubject, it.subject),
        subject_id=str(it.subject_id),
        due_date=day(it.due),
        version=it.version,
    )


def deadline_approaching(it: Deadline) -> events_pb2.DeadlineApproaching:
    """It ends soon."""
    return events_pb2.DeadlineApproaching(deadline=deadline_facts(it))


def deadline_missed(it: Deadline) -> events_pb2.DeadlineMissed:
    """It is over."""
    return events_pb2.DeadlineMissed(deadline=deadline_facts(it))


def deadline(it: Deadline) -> deadline_pb2.Deadline:
    """The resource Deadline."""
    return deadline_pb2.Deadline(
        name=resource_name("deadlines", it.id),
        uid=str(it.id),
        create_time=instant(it.created_at),
        client_id=str(it.client_id),
        plan_id=id_text(it.plan_id),
        subject=value_of(deadline_pb2.DeadlineSubject, it.subject),
        subject_id=str(it.subject_id),
        due_date=day(it.due),
        missed=it.missed_at is not None,
    )
