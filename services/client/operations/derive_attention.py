"""2.8.1: the flags that follow from what the county knows of a client's services."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.outbox import announce
from services.client.domain.attention import AttentionKind, is_frequent, is_wide_range, window_begin
from services.client.domain.client import OPEN, Client
from services.client.domain.rules import Rules
from services.client.storage import assessments, copies, decisions, deliveries, plans
from services.client.wire.client_facts import client_facts
from sote.client.v1.events_pb2 import ClientAttentionChanged

REASONS = {
    AttentionKind.WIDE_RANGE: "services of both sectors, or of three service tasks (2.8.1)",
    AttentionKind.FREQUENT_USER: "many deliveries in twelve months (2.8.1)",
}


def derive_frequent_user(session: Session, client: Client, *, rules: Rules, now: datetime) -> bool:
    """The flag of the locked client follows the deliveries of the last twelve months; whether it changed."""
    known = deliveries.count(session, client.id, window_begin(helsinki_date(now)))
    return _derive(session, client, AttentionKind.FREQUENT_USER, is_frequent(known, rules.frequent_contacts), now)


def derive_wide_range(session: Session, client: Client, *, now: datetime) -> bool:
    """The flag of the locked client follows the services recommended, granted and in force; whether it changed."""
    codes = services_of(session, client.id, helsinki_date(now))
    holds = is_wide_range(copies.services(session, codes).values())
    return _derive(session, client, AttentionKind.WIDE_RANGE, holds, now)


def services_of(session: Session, client_id: UUID, today: date) -> set[str]:
    """Codes of the services that assessments in force recommend, of those granted and planned; none is over."""
    found = assessments.completed(session, client_id)
    recommended = {code for one in found for code in one.recommended_on(today)}
    granted = set(decisions.granted_services(session, client_id, today))
    return recommended | granted | plans.services_in_force(session, client_id)


def _derive(session: Session, client: Client, kind: AttentionKind, holds: bool, now: datetime) -> bool:
    """A client who left the register keeps the flags of that day."""
    if client.status not in OPEN:
        return False
    changed = client.derive_attention(kind, holds, reason=REASONS[kind], today=helsinki_date(now), now=now)
    if changed:
        fact = ClientAttentionChanged(client=client_facts(client))
        announce(session, fact, aggregate="clients", aggregate_id=client.id, version=client.version)
    return changed
