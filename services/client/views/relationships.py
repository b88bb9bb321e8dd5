"""Questions about relationships."""

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.pages import page_of
from services.chassis.values import id_of
from services.client.storage import relationships
from services.client.wire.relationships import relationship as wire
from services.client.wire.values import day_of
from sote.client.v1 import relationship_service_pb2 as pb


def list_relationships(session: Session, request: pb.ListRelationshipsRequest) -> pb.ListRelationshipsResponse:
    """A page of a client's relationships, oldest first."""
    page, table = page_of(request), relationships.relationships
    query = relationships.of_client(UUID(request.client_id))
    rows = session.scalars(page.select(query, table.c.created_at, table.c.id)).all()
    shown, token = page.cut(rows, lambda row: (row.created_at, row.id))
    return pb.ListRelationshipsResponse(relationships=map(wire.relationship, shown), next_page_token=token)


def check_relationship(
    session: Session, request: pb.CheckRelationshipRequest, *, today: date
) -> pb.CheckRelationshipResponse:
    """The kinds of relationships that hold on the day; a client who is not known has none."""
    kinds = relationships.kinds_on(
        session,
        client_id=UUID(request.client_id),
        organisation_id=UUID(request.organisation_id),
        unit_id=id_of(request.unit_id),
        day=day_of(request, "day") or today,
        today=today,
    )
    return wire.kinds(kinds)
