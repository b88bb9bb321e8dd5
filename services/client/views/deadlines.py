"""Questions about statutory limits: the county's work list (ASSESSMENT-8)."""

from datetime import UTC, date, datetime, time
from uuid import UUID

from sqlalchemy import ColumnElement, tuple_
from sqlalchemy.orm import Session

from services.chassis.names import resource_id
from services.chassis.pages import page_of
from services.client.storage import deadlines
from services.client.wire.deadlines.deadline import deadline
from sote.client.v1 import assessment_pb2
from sote.client.v1 import deadline_service_pb2 as pb


def get_deadline(session: Session, name: str, today: date) -> assessment_pb2.Deadline:
    """The limit `deadlines/{uuid}`."""
    return deadline(deadlines.get_deadline(session, resource_id(name, "deadlines")), today=today)


def list_deadlines(session: Session, request: pb.ListDeadlinesRequest, today: date) -> pb.ListDeadlinesResponse:
    """A page of the limits asked for, the nearest last day first."""
    page, column = page_of(request), deadlines.deadlines.c
    query = deadlines.every().where(_in_state(request.state, today))
    if request.milestone:
        name = assessment_pb2.DeadlineMilestone.Name(request.milestone)
        query = query.where(column.milestone == name.removeprefix("DEADLINE_MILESTONE_"))
    if request.client_id:
        query = query.where(column.client_id == UUID(request.client_id))
    if page.after_time is not None:
        query = query.where(tuple_(column.due_date, column.id) > tuple_(page.after_time.date(), page.after_uid))
    rows = session.scalars(query.order_by(column.due_date, column.id).limit(page.size + 1)).all()
    shown, token = page.cut(rows, lambda row: (datetime.combine(row.due_date, time(), UTC), row.id))
    return pb.ListDeadlinesResponse(deadlines=[deadline(row, today=today) for row in shown], next_page_token=token)


def _in_state(state: int, today: date) -> ColumnElement[bool]:
    column = deadlines.deadlines.c
    running: ColumnElement[bool] = column.ended_date.is_(None)
    match state:
        case assessment_pb2.DEADLINE_STATE_ENDED:
            return ~running
        case assessment_pb2.DEADLINE_STATE_MISSED:
            return running & (column.due_date < today)
        case assessment_pb2.DEADLINE_STATE_APPROACHING:
            return running & (column.due_date >= today) & (column.warn_date <= today)
        case assessment_pb2.DEADLINE_STATE_OPEN:
            return running & (column.warn_date > today)
    return running
