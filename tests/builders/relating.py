"""Relationships as the client service tells them, for tests of services that hear of them."""

from datetime import date
from uuid import UUID, uuid4

from google.type.date_pb2 import Date
from sqlalchemy.orm import Session

from services.chassis.relationships import keep_relationship
from sote.client.v1 import events_pb2, relationship_pb2


def relationship(
    client_id: UUID | str,
    organisation_id: UUID | str,
    *,
    uid: UUID | str = "",
    unit_id: UUID | str = "",
    first: date = date(2024, 1, 1),
    last: date | None = None,
    status: str = "OPEN",
    version: int = 1,
) -> events_pb2.RelationshipFacts:
    """A relationship of the organisation with the client."""
    facts = events_pb2.RelationshipFacts(
        relationship_id=str(uid or uuid4()),
        client_id=str(client_id),
        kind=relationship_pb2.RELATIONSHIP_KIND_PLAN_OPERATOR,
        organisation_id=str(organisation_id),
        unit_id=str(unit_id),
        source_id=str(uuid4()),
        state=relationship_pb2.RelationshipState.Value(f"RELATIONSHIP_STATE_{status}"),
        from_date=Date(year=first.year, month=first.month, day=first.day),
        version=version,
    )
    if last is not None:
        facts.to_date.CopyFrom(Date(year=last.year, month=last.month, day=last.day))
    return facts


def relate(session: Session, client_id: UUID | str, organisation_id: UUID | str) -> None:
    """Let a service hear that the organisation has a relationship with the client."""
    keep_relationship(session, relationship(client_id, organisation_id))
