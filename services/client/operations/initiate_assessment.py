"""N1: a client's need is to be assessed."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.identity import Caller
from services.chassis.outbox import announce
from services.client.domain.assessment import Assessment, Ground, conditions_of
from services.client.domain.assessment_refusals import AssessmentOpen, AssessmentRecent, ContactOfAnotherClient
from services.client.domain.attention import AttentionKind
from services.client.domain.client import Client
from services.client.domain.contact import Contact
from services.client.domain.deadlines import Calendar, DueDates, due_dates
from services.client.domain.identity_code import age_on
from services.client.domain.rules import Rules
from services.client.operations.callers import county_of
from services.client.operations.open_matter import open_matter
from services.client.operations.publish_client import publish_client
from services.client.storage import assessments, clients, contacts
from services.client.wire.facts import assessment_initiated


def initiate_assessment(
    session: Session,
    *,
    client_id: UUID,
    contact_id: UUID | None,
    grounds: tuple[Ground, ...],
    repeat_reason: str,
    rules: Rules,
    calendar: Calendar,
    caller: Caller,
    now: datetime,
    new_id: UUID,
) -> Assessment:
    """Initiate an assessment; its limits count from the day of the contact, or from today without one."""
    client = clients.lock(session, client_id)
    client.check("open_matter")
    contact = contacts.get(session, contact_id) if contact_id else None
    if contact and contact.client_id not in (None, client_id):
        raise ContactOfAnotherClient
    _refuse_second(session, client_id, repeat_reason, rules, now)
    open_matter(session, client=client, now=now)
    due = _due(client, contact, grounds, rules, calendar, now)
    assessment = Assessment(
        id=new_id,
        **county_of(caller),
        client_id=client_id,
        contact_id=contact_id,
        grounds=grounds,
        pending_date=helsinki_date(contact.received_at if contact else now),
        start_due=due.start_due,
        complete_due=due.complete_due,
        deadline_rules=due.codes,
        repeat_reason=repeat_reason,
        created_at=now,
        created_by=caller.subject,
        updated_at=now,
    )
    session.add(assessment)
    announce(session, assessment_initiated(assessment), aggregate="assessments", aggregate_id=new_id, version=1)
    publish_client(session, client_id, now)
    return assessment


def _refuse_second(session: Session, client_id: UUID, repeat_reason: str, rules: Rules, now: datetime) -> None:
    """One under way at a time (N1); a recent one is used again unless repeating is justified (S1.09)."""
    if under_way := assessments.under_way(session, client_id):
        raise AssessmentOpen(f"assessments/{under_way.id}")
    oldest = helsinki_date(now) - timedelta(days=rules.reuse_days)
    for one in assessments.completed(session, client_id):
        if one.completed_date and one.completed_date > oldest and not repeat_reason.strip():
            raise AssessmentRecent(f"assessments/{one.id}")


def _due(
    client: Client,
    contact: Contact | None,
    grounds: tuple[Ground, ...],
    rules: Rules,
    calendar: Calendar,
    now: datetime,
) -> DueDates:
    pending = helsinki_date(contact.received_at if contact else now)
    conditions = conditions_of(
        grounds=grounds,
        urgent=contact.urgent if contact else False,
        age=age_on(client.person.birth_date, pending) if client.person.birth_date else 0,
        fast_track_age=rules.fast_track_age,
        special_support=client.has(AttentionKind.SPECIAL_SUPPORT),
    )
    return due_dates(rules.deadlines, conditions=conditions, pending=pending, calendar=calendar)
