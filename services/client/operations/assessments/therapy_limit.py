"""THERAPY-28D: a young client's need of mental health is met with a therapy within a limit (LIMIT-13)."""

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.client.domain.assessments.assessment import Assessment
from services.client.domain.clients.client import Client
from services.client.domain.clients.identity_code import age_on
from services.client.domain.deadlines.limits import Calendar, Milestone, conditions_of_age
from services.client.domain.rules import Rules
from services.client.operations.deadlines.deadline import drop_deadlines
from services.client.operations.deadlines.limits import limits_of, open_deadlines
from services.client.storage import deadlines
from services.kernel.care import NeedDomain


def follow_therapy(
    session: Session,
    client: Client,
    done: Assessment,
    *,
    rules: Rules,
    calendar: Calendar,
    today: date,
    now: datetime,
    new_id: Callable[[], UUID],
) -> None:
    """Let the limit run from the day the need was found first; it falls away when the need is found no more."""
    running = deadlines.running(session, client.id, [Milestone.START_THERAPY])
    if not done.finds(NeedDomain.MENTAL_HEALTH):
        drop_deadlines(session, running, today, now)
        return
    if running or client.person.birth_date is None:
        return
    conditions = conditions_of_age(age_on(client.person.birth_date, today))
    done.deadlines.extend(
        open_deadlines(
            limits_of(rules, calendar, (Milestone.START_THERAPY,), conditions, today),
            client_id=client.id,
            begin=today,
            rules=rules,
            calendar=calendar,
            new_id=new_id,
            assessment_id=done.id,
        )
    )
