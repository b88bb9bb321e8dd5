"""Copies of what the client service tells of access: whom organisations may touch, and whose whereabouts are kept.

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

_CLOSED = "RELATIONSHIP_STATE_CLOSED"


def keep_relationship(session: Session, facts: Message) -> None:
    """Keep the newest state of a relationship (`sote.client.v1.RelationshipFacts`); an older one changes nothing."""
    told: Any = facts
    values = {
        "relationship_id": UUID(told.relationship_id),
        "client_id": UUID(told.client_id),
        "organisation_id": UUID(told.organisation_id),
        "unit_id": id_of(told.unit_id),
        "kind": _word(facts, "kind").removeprefix("RELATIONSHIP_KIND_"),
        "from_date": day_of(told.from_date, "from_date"),
        "to_date": day_of(told.to_date, "to_date") if told.HasField("to_date") else None,
        "closed": _word(facts, "state") == _CLOSED,
        "version": told.version,
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
    told: Any = fact
    values = {"client_id": UUID(told.client_id), "in_force": told.active, "version": told.version}
    keep_newer(session, non_disclosure_copy, values)


def protected_clients(session: Session, client_ids: Collection[UUID]) -> frozenset[UUID]:
    """Those of the clients whose whereabouts an order protects now."""
    column = non_disclosure_copy.c
    query = select(column.client_id).where(column.client_id.in_(client_ids), column.in_force)
    return frozenset(session.scalars(query))


def _word(message: Message, field: str) -> str:
    """The name of an enum value; of one from a later release its number, which stands for nothing known here."""
    number: int = getattr(message, field)
    words: Any = message.DESCRIPTOR.fields_by_name[field].enum_type
    found = words.values_by_number.get(number)
    return str(number) if found is None else str(found.name)
