"""CLIENT-1: a contact is recorded."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.identity import Caller
from services.chassis.outbox import announce
from services.client.domain.clients.client import CLOSED, Client
from services.client.domain.clients.people import ContactData, Person
from services.client.domain.contacts import Contact, ContactReport, check_received
from services.client.domain.deadlines.limits import Calendar, Condition, Milestone
from services.client.domain.relationships.relationship import RelationshipKind, Tie
from services.client.domain.rules import Rules
from services.client.operations.callers import county_of, organisation_of
from services.client.operations.clients.client import new_prospect
from services.client.operations.clients.publish_client import publish_client
from services.client.operations.deadlines.limits import limits_of, open_deadlines
from services.client.operations.relationships.relationship import give_days
from services.client.storage.clients import client as clients
from services.client.storage.clients.client import load_client
from services.client.wire.contacts import contact_received


def record_contact(
    session: Session,
    *,
    client_id: UUID | None,
    prospect: tuple[Person, ContactData] | None,
    report: ContactReport,
    rules: Rules,
    calendar: Calendar,
    caller: Caller,
    now: datetime,
    new_id: Callable[[], UUID],
) -> Contact:
    """Record a contact of a client, of a new prospect, or anonymous; it waits for no other service (PROCESS-6)."""
    received_at = report.received_at or now
    check_received(received_at, now)
    if prospect is not None:
        client_id = _add_prospect(session, new_id(), prospect, caller, now)
    elif client_id is not None:
        load_client(session, client_id)
    contact = Contact(
        id=new_id(),
        **county_of(caller),
        client_id=client_id,
        channel=report.channel,
        unit_id=report.unit_id,
        initiator=report.initiator,
        urgent=report.urgent,
        text=report.text,
        received_at=received_at,
        created_at=now,
        created_by=caller.subject,
        child_welfare=report.child_welfare,
    )
    return _recorded(session, contact, rules, calendar, caller, new_id)


def _recorded(
    session: Session, contact: Contact, rules: Rules, calendar: Calendar, caller: Caller, new_id: Callable[[], UUID]
) -> Contact:
    session.add(contact)
    announce(session, contact_received(contact), aggregate="contacts", aggregate_id=contact.id, version=1)
    if contact.client_id is not None:
        client = clients.get_client(session, contact.client_id)
        _open_limit(session, client, contact, rules, calendar, new_id)
        _tie(session, client, contact, organisation_of(caller), new_id())
        publish_client(session, client.id, contact.created_at)
    return contact


def _tie(session: Session, client: Client, contact: Contact, organisation: UUID | None, new_id: UUID) -> None:
    """Who had the contact has a relationship for some days (RELATIONSHIP-11); a client who called is none."""
    if organisation:
        tie = Tie(RelationshipKind.GUIDANCE, organisation, contact.unit_id)
        give_days(session, client=client, source_id=contact.id, tie=tie, now=contact.created_at, new_id=new_id)


def _add_prospect(
    session: Session, uid: UUID, prospect: tuple[Person, ContactData], caller: Caller, now: datetime
) -> UUID:
    client = new_prospect(uid, caller, now, version=1)
    client.person, client.contact_data = prospect
    session.add(client)
    session.flush()
    return uid


def _open_limit(
    session: Session,
    client: Client,
    contact: Contact,
    rules: Rules,
    calendar: Calendar,
    new_id: Callable[[], UUID],
) -> None:
    """CW-DECIDE: whether to assess the child is decided within a limit; nothing is decided of one who left
    (PROCESS-D6)."""
    if not contact.child_welfare or client.state in CLOSED:
        return
    session.flush()
    since = helsinki_date(contact.received_at)
    limits = limits_of(rules, calendar, (Milestone.DECIDE_ON_ASSESSMENT,), frozenset({Condition.CHILD_WELFARE}), since)
    session.add_all(
        open_deadlines(
            limits,
            client_id=client.id,
            begin=since,
            rules=rules,
            calendar=calendar,
            new_id=new_id,
            contact_id=contact.id,
        )
    )
