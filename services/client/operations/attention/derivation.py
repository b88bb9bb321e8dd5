"""ATTENTION-4: the flags that follow from what the county knows of a client's services."""

from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.outbox import announce
from services.client.domain.attention import is_frequent, is_wide_range, window_begin
from services.client.domain.clients.client import OPEN, Client
from services.client.domain.clients.flags import AttentionKind
from services.client.domain.rules import Rules
from services.client.storage import assessments, decisions
from services.client.storage.attention import delivery as deliveries
from services.client.storage.attention import plan as plans
from services.client.storage.attention import review as reviews
from services.client.storage.neighbours import catalogue
from services.client.wire.clients.facts import client_facts
from sote.client.v1.events_pb2 import ClientAttentionChanged

REASONS = {
    AttentionKind.WIDE_RANGE: "services of both sectors, or of three service tasks (ATTENTION-2)",
    AttentionKind.FREQUENT_USER: "many deliveries in twelve months (ATTENTION-1)",
}


def derive_frequent_user(session: Session, client: Client, *, rules: Rules, now: datetime) -> bool:
    """The flag of the locked client follows the deliveries of the last twelve months; whether it changed."""
    known = deliveries.count(session, client.id, window_begin(helsinki_date(now)))
    return _derive(session, client, AttentionKind.FREQUENT_USER, is_frequent(known, rules.frequent_contacts), now)


def derive_wide_range(session: Session, client: Client, *, now: datetime) -> bool:
    """The flag of the locked client follows the services recommended, granted and in force; whether it changed."""
    today = helsinki_date(now)
    dated = services_with_an_end(session, client.id, today)
    codes = {code for code, _ in dated} | plans.services_in_force(session, client.id)
    ends = [last for _, last in dated if last]
    look_again = min(ends) + timedelta(days=1) if ends and client.state in OPEN else None
    reviews.put(session, client.id, look_again)
    holds = is_wide_range(catalogue.services(session, codes).values())
    return _derive(session, client, AttentionKind.WIDE_RANGE, holds, now)


def services_with_an_end(session: Session, client_id: UUID, today: date) -> list[tuple[str, date | None]]:
    """The services that assessments in force recommend and those granted, as far as they are not over, to what day."""
    recommended = [
        assessment for done in assessments.completed(session, client_id) for assessment in done.recommended_on(today)
    ]
    return [
        *((recommendation.service_code, recommendation.to_date) for recommendation in recommended),
        *decisions.granted(session, client_id, today),
    ]


def _derive(session: Session, client: Client, kind: AttentionKind, holds: bool, now: datetime) -> bool:
    """A client who left the register keeps the flags of that day."""
    if client.state not in OPEN:
        return False
    changed = client.derive_attention(kind, holds, reason=REASONS[kind], today=helsinki_date(now), now=now)
    if changed:
        fact = ClientAttentionChanged(client=client_facts(client))
        announce(session, fact, aggregate="clients", aggregate_id=client.id, version=client.version)
    return changed
