"""LIMIT-11: a conforming delivery reaches what limits wait for."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.client.domain.deadlines.limits import Milestone
from services.client.operations.clients.client import load_client_of_fact
from services.client.operations.clients.publish_client import publish_client
from services.client.operations.deadlines.deadline import reach_deadlines
from services.client.storage import deadlines

GIVEN = (Milestone.IMPLEMENT, Milestone.START_THERAPY)


def reach_by_delivery(
    session: Session, *, client_id: UUID, service_code: str, service_date: date, now: datetime
) -> None:
    """The first delivery of a service, by its day and not by when its fact comes, ends the limits that wait for it."""
    client = load_client_of_fact(session, client_id)
    waiting = [
        deadline
        for deadline in deadlines.running(session, client.id, GIVEN)
        if service_code in deadline.service_codes and service_date >= deadline.begin_date
    ]
    if reach_deadlines(session, waiting, service_date, now):
        publish_client(session, client.id, now)
