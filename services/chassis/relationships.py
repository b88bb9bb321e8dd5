"""Copies of the client service's facts about access: relationships of organisations, and orders of non-disclosure.

Each service that holds data of clients keeps its own copy, so that its api does not depend on another service.
"""

from collections.abc import Collection
from datetime import date
from typing import Literal, Protocol
from uuid import UUID

from google.protobuf.descriptor import Descriptor
from google.type.date_pb2 import Date
from sqlalchemy import or_, select, true
from sqlalchemy.orm import Session

from services.chassis.copies import keep_newer
from services.chassis.database import non_disclosure_copy, relationship_copy
from services.chassis.values import day_of, id_of
from services.chassis.words import name_in

_CLOSED = "CLOSED"


class RelationshipFacts(Protocol):
    """The fields of `sote.client.v1.RelationshipFacts` that are copied; the chassis imports no service's contract."""

    DESCRIPTOR: Descriptor
    relationship_id: str
    client_id: str
    organisation_id: str
    unit_id: str
    version: int

    @property
    def kind(self) -> int:
        """A RelationshipKind."""

    @property
    def state(self) -> int:
        """A RelationshipState."""

    @property
    def from_date(self) -> Date:
        """The first day."""

    @property
    def to_date(self) -> Date:
        """The last day, where there is one."""

    def HasField(self, field_name: Literal["to_date"], /) -> bool:  # noqa: N802
        """Part of every message."""


class NonDisclosureFact(Protocol):
    """The fields of `sote.client.v1.ClientNonDisclosureChanged` that are copied."""

    client_id: str
    active: bool
    version: int


def keep_relationship(session: Session, facts: RelationshipFacts) -> None:
    """Keep the newest state of a relationship (`sote.client.v1.RelationshipFacts`); an older one changes nothing."""
    values = {
        "relationship_id": UUID(facts.relationship_id),
        "client_id": UUID(facts.client_id),
        "organisation_id": UUID(facts.organisation_id),
        "unit_id": id_of(facts.unit_id),
        "kind": _word(facts.DESCRIPTOR, "kind", facts.kind),
        "from_date": day_of(facts.from_date, "from_date"),
        "to_date": day_of(facts.to_date, "to_date") if facts.HasField("to_date") else None,
        "closed": _word(facts.DESCRIPTOR, "state", facts.state) == _CLOSED,
        "version": facts.version,
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


def keep_non_disclosure(session: Session, fact: NonDisclosureFact) -> None:
    """Keep whether a client's whereabouts are protected (`sote.client.v1.ClientNonDisclosureChanged`)."""
    values = {"client_id": UUID(fact.client_id), "in_force": fact.active, "version": fact.version}
    keep_newer(session, non_disclosure_copy, values)


def protected_clients(session: Session, client_ids: Collection[UUID]) -> frozenset[UUID]:
    """Those of the clients whose whereabouts an order protects now."""
    column = non_disclosure_copy.c
    query = select(column.client_id).where(column.client_id.in_(client_ids), column.in_force)
    return frozenset(session.scalars(query))


def _word(message: Descriptor, field: str, number: int) -> str:
    """The word of an enum's field; this module reads no contract but by its descriptors."""
    enum = message.fields_by_name[field].enum_type
    if enum is None:
        raise TypeError(f"{message.full_name}.{field} is no enum")
    return name_in(enum, number)
