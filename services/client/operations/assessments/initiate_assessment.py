"""ASSESSMENT-1: a client's need is to be assessed."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.identity import Caller
from services.chassis.outbox import announce
from services.client.domain.assessments.assessment import Assessment
from services.client.domain.assessments.grounds import Ground, conditions_of
from services.client.domain.assessments.refusals import AssessmentOpen, AssessmentRecent, ContactOfAnotherClient
from services.client.domain.clients.client import Client
from services.client.domain.clients.flags import AttentionKind
from services.client.domain.clients.identity_code import age_on
from services.client.domain.contacts import Contact
from services.client.domain.deadlines.limits import Calendar, Condition, Milestone
from services.client.domain.relationships.relationship import RelationshipKind, Tie
from services.client.domain.rules import Rules
from services.client.operations.callers import county_of
from services.client.operations.clients.client import open_matter
from services.client.operations.clients.publish_client import publish_client
from services.client.operations.deadlines.deadline import reach_deadlines
from services.client.operations.deadlines.limits import limits_of, open_deadlines
from services.client.operations.relationships.relationship import open_relationship
from services.client.storage import assessments, contacts, deadlines
from services.client.storage.clients.client import load_client
from services.client.storage.neighbours import provider as copies
from services.client.wire.assessments.facts import assessment_initiated

LIMITS = (Milestone.START, Milestone.COMPLETE, Milestone.DECIDE)
"""What begins with the matter; what is decided, found or granted later has limits of its own."""


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
    new_id: Callable[[], UUID],
) -> Assessment:
    """Initiate an assessment; its limits count from the day of the contact, or from today without one."""
    client = load_client(session, client_id)
    client.check("open_matter")
    contact = _contact(session, contact_id, client_id)
    _refuse_second(session, client_id, repeat_reason, rules, now)
    open_matter(session, client=client, now=now)
    pending = helsinki_date(contact.received_at if contact else now)
    conditions = _conditions(client, contact, grounds, rules, pending)
    assessment = Assessment(
        id=new_id(),
        **county_of(caller),
        client_id=client_id,
        contact_id=contact_id,
        grounds=grounds,
        pending_date=pending,
        repeat_reason=repeat_reason,
        created_at=now,
        created_by=caller.subject,
        updated_at=now,
    )
    _begin_limits(assessment, conditions, rules, calendar, new_id)
    _reach_decision_limits(session, assessment, now)
    return _opened(session, client, assessment, new_id())


def _begin_limits(
    assessment: Assessment,
    conditions: frozenset[Condition],
    rules: Rules,
    calendar: Calendar,
    new_id: Callable[[], UUID],
) -> None:
    assessment.begin(
        open_deadlines(
            limits_of(rules, calendar, LIMITS, conditions, assessment.pending_date),
            client_id=assessment.client_id,
            begin=assessment.pending_date,
            rules=rules,
            calendar=calendar,
            new_id=new_id,
            assessment_id=assessment.id,
        )
    )


def _contact(session: Session, contact_id: UUID | None, client_id: UUID) -> Contact | None:
    """The contact it comes from: this client's, or an anonymous one."""
    contact = contacts.get_contact(session, contact_id) if contact_id else None
    if contact and contact.client_id not in (None, client_id):
        raise ContactOfAnotherClient("the contact concerns another client")
    return contact


def _opened(session: Session, client: Client, assessment: Assessment, new_id: UUID) -> Assessment:
    session.add(assessment)
    if enterprise := copies.enterprise(session):
        tie, now = Tie(RelationshipKind.ASSESSMENT, enterprise), assessment.created_at
        open_relationship(session, client=client, source_id=assessment.id, tie=tie, now=now, new_id=new_id)
    announce(session, assessment_initiated(assessment), aggregate="assessments", aggregate_id=assessment.id, version=1)
    publish_client(session, assessment.client_id, assessment.created_at)
    return assessment


def _refuse_second(session: Session, client_id: UUID, repeat_reason: str, rules: Rules, now: datetime) -> None:
    """One under way at a time (ASSESSMENT-1); a recent one is used again unless repeating is justified (S1.09)."""
    if under_way := assessments.under_way(session, client_id):
        raise AssessmentOpen("the client has an assessment under way", f"assessments/{under_way.id}")
    oldest = helsinki_date(now) - timedelta(days=rules.reuse_days)
    for assessment in assessments.completed(session, client_id):
        if assessment.completed_date and assessment.completed_date > oldest and not repeat_reason.strip():
            raise AssessmentRecent(
                f"assessments/{assessment.id} is recent: use it, or tell why the assessment is repeated"
            )


def _conditions(
    client: Client, contact: Contact | None, grounds: tuple[Ground, ...], rules: Rules, pending: date
) -> frozenset[Condition]:
    return conditions_of(
        grounds=grounds,
        urgent=contact.urgent if contact else False,
        age=age_on(client.person.birth_date, pending) if client.person.birth_date else 0,
        fast_track_age=rules.fast_track_age,
        special_support=client.has(AttentionKind.SPECIAL_SUPPORT),
    )


def _reach_decision_limits(session: Session, assessment: Assessment, now: datetime) -> None:
    """CW-DECIDE: whether to assess is decided for the notification it comes from; for all when it is child welfare."""
    of_client = deadlines.running(session, assessment.client_id, [Milestone.DECIDE_ON_ASSESSMENT])
    every = Ground.CHILD_WELFARE in assessment.grounds
    reach_deadlines(
        session,
        [limit for limit in of_client if every or limit.contact_id == assessment.contact_id],
        helsinki_date(now),
        now,
    )
