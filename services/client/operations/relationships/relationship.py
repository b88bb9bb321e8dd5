"""S1.42: relationships open and close with what they come from, here or in another service."""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.outbox import announce
from services.client.domain.clients.client import CLOSED, Client
from services.client.domain.relationships.relationship import (
    GUIDANCE_DAYS,
    Relationship,
    RelationshipState,
    Tie,
    grace_days,
    reconcile,
)
from services.client.storage import relationships
from services.client.wire.relationships.relationship import relationship_closed, relationship_opened

SYSTEM = "system"


def reconcile_relationships(
    session: Session,
    *,
    client: Client,
    source_id: UUID,
    ties: Collection[Tie],
    source_over: bool,
    now: datetime,
    new_id: Callable[[], UUID],
) -> None:
    """Let the open relationships of a source be those it asks for now; a closed client has none
    (INV-16, PROCESS-D6)."""
    to_open, to_close = reconcile(relationships.held(session, source_id), () if client.state in CLOSED else ties)
    for relationship in to_close:
        _end(session, relationship, source_over, now)
    for tie in sorted(to_open, key=lambda tie: (tie.kind.value, tie.organisation_id, str(tie.unit_id))):
        _open(session, _relationship(client, source_id, tie, now, new_id()))


def open_relationship(
    session: Session, *, client: Client, source_id: UUID, tie: Tie, now: datetime, new_id: UUID
) -> None:
    """An assessment or a choice of this service's own opens one; the client is open, or there would be neither."""
    _open(session, _relationship(client, source_id, tie, now, new_id))


def close_source(session: Session, source_id: UUID, now: datetime) -> None:
    """An assessment or a choice of this service's own is over."""
    for relationship in relationships.held(session, source_id):
        _end(session, relationship, True, now)


def give_days(session: Session, *, client: Client, source_id: UUID, tie: Tie, now: datetime, new_id: UUID) -> None:
    """RELATIONSHIP-11: a contact or guidance opens a relationship that ends by itself after a few days."""
    if client.state in CLOSED:
        return
    relationship = _relationship(client, source_id, tie, now, new_id)
    relationship.state, relationship.to_date = (
        RelationshipState.ENDING,
        helsinki_date(now) + timedelta(days=GUIDANCE_DAYS),
    )
    _open(session, relationship)


def end_relationships(session: Session, client: Client, now: datetime) -> None:
    """PROCESS-D6: whatever relationship holds with a client who left the register ends at once."""
    for relationship in relationships.holding(session, client.id, helsinki_date(now)):
        relationship.close(today=helsinki_date(now), now=now)
        _tell_closed(session, relationship)


def _relationship(client: Client, source_id: UUID, tie: Tie, now: datetime, uid: UUID) -> Relationship:
    return Relationship(
        id=uid,
        county_scheme=client.county_scheme,
        county_code=client.county_code,
        client_id=client.id,
        kind=tie.kind,
        organisation_id=tie.organisation_id,
        unit_id=tie.unit_id,
        source_id=source_id,
        from_date=helsinki_date(now),
        created_at=now,
        created_by=SYSTEM,
        updated_at=now,
    )


def _open(session: Session, relationship: Relationship) -> None:
    session.add(relationship)
    session.flush()
    announce(
        session,
        relationship_opened(relationship),
        aggregate="relationships",
        aggregate_id=relationship.id,
        version=relationship.version,
    )


def _end(session: Session, relationship: Relationship, source_over: bool, now: datetime) -> None:
    relationship.end(grace_days(relationship.kind, source_over=source_over), today=helsinki_date(now), now=now)
    _tell_closed(session, relationship)


def _tell_closed(session: Session, relationship: Relationship) -> None:
    session.flush()
    announce(
        session,
        relationship_closed(relationship),
        aggregate="relationships",
        aggregate_id=relationship.id,
        version=relationship.version,
    )
