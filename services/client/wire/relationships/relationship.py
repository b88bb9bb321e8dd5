"""Relationships on the wire, and their facts."""

from collections.abc import Iterable

from services.chassis.etags import etag_of
from services.chassis.names import resource_name
from services.chassis.values import day, id_text, instant
from services.chassis.words import value_of
from services.client.domain.relationships.relationship import Relationship, RelationshipKind
from sote.client.v1 import events_pb2, relationship_pb2, relationship_service_pb2


def relationship(one: Relationship) -> relationship_pb2.Relationship:
    """A relationship as a resource."""
    return relationship_pb2.Relationship(
        name=resource_name("relationships", one.id),
        uid=str(one.id),
        etag=etag_of(one.version),
        create_time=instant(one.created_at),
        update_time=instant(one.updated_at),
        state=value_of(relationship_pb2.RelationshipState, one.state),
        client_id=str(one.client_id),
        kind=value_of(relationship_pb2.RelationshipKind, one.kind),
        organisation_id=str(one.organisation_id),
        unit_id=id_text(one.unit_id),
        source_id=str(one.source_id),
        from_date=day(one.from_date),
        to_date=day(one.to_date),
    )


def kinds(found: Iterable[RelationshipKind]) -> relationship_service_pb2.CheckRelationshipResponse:
    """The answer to whether there is a relationship."""
    return relationship_service_pb2.CheckRelationshipResponse(
        kinds=sorted(value_of(relationship_pb2.RelationshipKind, one) for one in found)
    )


def relationship_opened(one: Relationship) -> events_pb2.RelationshipOpened:
    """It holds from now on."""
    return events_pb2.RelationshipOpened(relationship=_facts(one))


def relationship_closed(one: Relationship) -> events_pb2.RelationshipClosed:
    """It no longer holds, or will not after its last day."""
    return events_pb2.RelationshipClosed(relationship=_facts(one))


def _facts(one: Relationship) -> events_pb2.RelationshipFacts:
    return events_pb2.RelationshipFacts(
        relationship_id=str(one.id),
        client_id=str(one.client_id),
        kind=value_of(relationship_pb2.RelationshipKind, one.kind),
        organisation_id=str(one.organisation_id),
        unit_id=id_text(one.unit_id),
        source_id=str(one.source_id),
        state=value_of(relationship_pb2.RelationshipState, one.state),
        from_date=day(one.from_date),
        to_date=day(one.to_date),
        version=one.version,
    )
