"""Relationships and orders that were announced before anybody listened are announced once more, as they stand."""

from sqlalchemy.orm import Session

from services.chassis.outbox import announce
from services.client.domain.relationships.relationship import RelationshipState
from services.client.storage import relationships
from services.client.wire.clients.facts import client_non_disclosure_changed
from services.client.wire.relationships.relationship import relationship_closed, relationship_opened

AT_ONCE = 200
"""So many of a kind one round of the timer announces."""


def announce_missed(session: Session) -> None:
    """Listeners keep the highest version, so that hearing the same again changes nothing."""
    for relationship in relationships.take_missed_relationships(session, AT_ONCE):
        is_open = relationship.state is RelationshipState.OPEN
        fact = relationship_opened(relationship) if is_open else relationship_closed(relationship)
        announce(session, fact, aggregate="relationships", aggregate_id=relationship.id, version=relationship.version)
    for client in relationships.take_missed_orders(session, AT_ONCE):
        order = client_non_disclosure_changed(client)
        announce(session, order, aggregate="clients", aggregate_id=client.id, version=client.version)
