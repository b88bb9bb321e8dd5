"""Copies of the client service's facts about access: whom organisations may touch, and whose whereabouts are kept.

Each service that holds something of clients hears these facts and asks its own copy, so that no door depends on another
service being up.
"""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from google.protobuf.message import Message
from sqlalchemy import or_, select, true
from sqlalchemy.orm import Session

from services.chassis.copies import keep_newer
from services.chassis.database import non_disclosure_copy, relationship_copy
from services.chassis.values import day_of, id_of
from services.chassis.words import name_in

_CLOSED = "CLOSED"


def keep_relationship(session: Session, facts: Message) -> None:
    """Keep the newest state of a relationship (`sote.client.v1.RelationshipFacts`); an older one changes nothing."""
    relationship: Any = facts
    values = {
        "relationship_id": UUID(relationship.relationship_id),
        "client_id": UUID(relationship.client_id),
        "organisation_id": UUID(relationship.organisation_id),
        "unit_id": id_of(relationship.unit_id),
        "kind": _word(facts, "kind"),
        "from_date": day_of(relationship.from_date, "from_date"),
        "to_date": day_of(relationship.to_date, "to_date") if relationship.HasField("to_date") else None,
        "closed": _word(facts, "state") == _CLOSED,
        "version": relationship.version,
    }
    keep_newer(session, relationship_copy, values)


def has_relationship(
    session: Session, *, client_id: UUID, organisation_id: UUID, unit_id: UUID | None, today: date
) -> bool:
    """Whether the organisation, through the unit, has a relationship with the client today (RELATIONSHIP-1).

    Without a unit any unit's counts, as in `CheckRelationship`.
    """
    column = relationship_copy.c
    query = select(true()).where(
        column.client_id == client_id,
        column.organisation_id == organisation_id,
        column.closed.is_(False),
        column.from_date <= today,
        or_(column.to_date.is_(None), column.to_date >= today),
    )
    if unit_id is not None:
        query = query.where(or_(column.unit_id.is_(None), column.unit_id == unit_id))
    return session.scalar(query.limit(1)) is not None


def keep_non_disclosure(session: Session, fact: Message) -> None:
    """Keep whether a client's whereabouts are protected (`sote.client.v1.ClientNonDisclosureChanged`)."""
    order: Any = fact
    values = {"client_id": UUID(order.client_id), "in_force": order.active, "version": order.version}
    keep_newer(session, non_disclosure_copy, values)


def protected_clients(session: Session, client_ids: Collection[UUID]) -> frozenset[UUID]:
    """Those of the clients whose whereabouts an order protects now."""
    column = non_disclosure_copy.c
    query = select(column.client_id).where(column.client_id.in_(client_ids), column.in_force)
    return frozenset(session.scalars(query))


def _word(message: Message, field: str) -> str:
    """The word of an enum's field; this module reads no contract but by its descriptors."""
    enum: Any = message.DESCRIPTOR.fields_by_name[field].enum_type
    return name_in(enum, getattr(message, field))
