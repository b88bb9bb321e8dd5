"""Relationships on the wire, and their facts."""

from collections.abc import Iterable

from services.chassis.etags import etag_of
from services.chassis.names import resource_name
from services.chassis.values import day, id_text, instant
from services.chassis.words import value_of
from services.client.domain.relationships.relationship import Relationship, RelationshipKind
from sote.client.v1 import events_pb2, relationship_pb2, relationship_service_pb2


def relationship(relationship: Relationship) -> relationship_pb2.Relationship:
    """A relationship as a resource."""
    return relationship_pb2.Relationship(
        name=resource_name("relationships", relationship.id),
        uid=str(relationship.id),
        etag=etag_of(relationship.version),
        create_time=instant(relationship.created_at),
        update_time=instant(relationship.updated_at),
        state=value_of(relationship_pb2.RelationshipState, relationship.state),
        client_id=str(relationship.client_id),
        kind=value_of(relationship_pb2.RelationshipKind, relationship.kind),
        organisation_id=str(relationship.organisation_id),
        unit_id=id_text(relationship.unit_id),
        source_id=str(relationship.source_id),
        from_date=day(relationship.from_date),
        to_date=day(relationship.to_date),
    )


def kinds(found: Iterable[RelationshipKind]) -> relationship_service_pb2.CheckRelationshipResponse:
    """The answer to whether there is a relationship."""
    return relationship_service_pb2.CheckRelationshipResponse(
        kinds=sorted(value_of(relationship_pb2.RelationshipKind, kind) for kind in found)
    )


def relationship_opened(relationship: Relationship) -> events_pb2.RelationshipOpened:
    """It holds from now on."""
    return events_pb2.RelationshipOpened(relationship=_facts(relationship))


def relationship_closed(relationship: Relationship) -> events_pb2.RelationshipClosed:
    """It no longer holds, or will not after its last day."""
    return events_pb2.RelationshipClosed(relationship=_facts(relationship))


def _facts(relationship: Relationship) -> events_pb2.RelationshipFacts:
    return events_pb2.RelationshipFacts(
        relationship_id=str(relationship.id),
        client_id=str(relationship.client_id),
        kind=value_of(relationship_pb2.RelationshipKind, relationship.kind),
        organisation_id=str(relationship.organisation_id),
        unit_id=id_text(relationship.unit_id),
        source_id=str(relationship.source_id),
        state=value_of(relationship_pb2.RelationshipState, relationship.state),
        from_date=day(relationship.from_date),
        to_date=day(relationship.to_date),
        version=relationship.version,
    )
