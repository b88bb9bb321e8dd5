"""Rows of relationships, and which version of each source they follow."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ColumnElement,
    Date,
    ForeignKey,
    Index,
    Integer,
    Select,
    Table,
    Text,
    Uuid,
    delete,
    or_,
    select,
    text,
)
from sqlalchemy.orm import Session

from services.chassis.columns import INSTANT, code
from services.chassis.copies import keep_newer
from services.client.domain.clients.client import Client
from services.client.domain.relationships.relationship import Relationship, RelationshipKind, RelationshipState
from services.client.storage.clients.client import clients
from services.client.storage.metadata import MAPPERS, METADATA, identity_columns

relationship_source = Table(
    "relationship_source",
    METADATA,
    Column("source_id", Uuid, primary_key=True, comment="a plan, a voucher or a step of a chain"),
    Column("consulting", Boolean, nullable=False, comment="a plan about which providers may be asked"),
    Column("version", BigInteger, nullable=False),
    comment="sources of other services as they last told them; an older fact opens and closes nothing",
)
relationships = Table(
    "relationship",
    METADATA,
    *identity_columns(),
    Column("updated_at", INSTANT, nullable=False),
    Column("version", Integer, nullable=False),
    Column("client_id", Uuid, ForeignKey("client.id"), nullable=False),
    Column("kind", code(RelationshipKind, "kind", length=40), nullable=False),
    Column("organisation_id", Uuid, nullable=False),
    Column("unit_id", Uuid, nullable=True, comment="NULL: all units of the organisation"),
    Column("source_id", Uuid, nullable=False),
    Column("from_date", Date, nullable=False),
    Column("to_date", Date, nullable=True, comment="last day"),
    Column("state", code(RelationshipState, "state", length=40), nullable=False),
    CheckConstraint("(state = 'OPEN') = (to_date is null)", name="end"),
    CheckConstraint("to_date >= from_date", name="period"),
    Index(
        "uq_relationship_open",
        "client_id",
        "organisation_id",
        "unit_id",
        "kind",
        "source_id",
        unique=True,
        postgresql_nulls_not_distinct=True,
        postgresql_where=text("state = 'OPEN'"),
    ),
    Index(None, "client_id", "created_at"),
    Index(None, "source_id"),
    comment="why organisations may read a client; one open for an organisation, unit, kind and source",
)

announce_again = Table(
    "announce_again",
    METADATA,
    Column("kind", Text, primary_key=True),
    Column("id", Uuid, primary_key=True),
    comment="what listeners may have missed; a timer announces it as it stands and strikes it off",
)

MAPPERS.map_imperatively(
    Relationship, relationships, version_id_col=relationships.c.version, version_id_generator=False
)


def store_source(session: Session, source_id: UUID, *, version: int, consulting: bool = False) -> bool:
    """Note this version of the source, unless a newer one is here; whether it is the newest."""
    values = {"source_id": source_id, "consulting": consulting, "version": version}
    return keep_newer(session, relationship_source, values)


def is_consulting(session: Session, plan_id: UUID) -> bool | None:
    """Whether providers may be asked about the plan; None for a plan not known here."""
    query = select(relationship_source.c.consulting).where(relationship_source.c.source_id == plan_id)
    return session.scalar(query)


def take_missed_relationships(session: Session, limit: int) -> list[Relationship]:
    """Relationships to be announced once more, their rows locked; they are struck off the list."""
    query = select(Relationship).join(announce_again, announce_again.c.id == relationships.c.id)
    query = query.where(announce_again.c.kind == "RELATIONSHIP").order_by(relationships.c.id).limit(limit)
    found = list(session.scalars(query.with_for_update(skip_locked=True)))
    _strike_off(session, "RELATIONSHIP", [relationship.id for relationship in found])
    return found


def take_missed_orders(session: Session, limit: int) -> list[Client]:
    """Clients whose order of non-disclosure is to be announced once more, likewise."""
    query = select(Client).join(announce_again, announce_again.c.id == clients.c.id)
    query = query.where(announce_again.c.kind == "NON_DISCLOSURE").order_by(clients.c.id).limit(limit)
    found = list(session.scalars(query.with_for_update(skip_locked=True)))
    _strike_off(session, "NON_DISCLOSURE", [client.id for client in found])
    return found


def _strike_off(session: Session, kind: str, ids: Collection[UUID]) -> None:
    struck = announce_again.c
    session.execute(delete(announce_again).where(struck.kind == kind, struck.id.in_(ids)))


def held(session: Session, source_id: UUID) -> list[Relationship]:
    """The open relationships of a source."""
    query = select(Relationship).where(
        relationships.c.source_id == source_id, relationships.c.state == RelationshipState.OPEN
    )
    return list(session.scalars(query.order_by(relationships.c.created_at, relationships.c.id)))


def holding(session: Session, client_id: UUID, today: date) -> list[Relationship]:
    """The relationships of a client that hold today."""
    query = select(Relationship).where(relationships.c.client_id == client_id, _holds(today, today))
    return list(session.scalars(query.order_by(relationships.c.created_at, relationships.c.id)))


def kinds_on(
    session: Session, *, client_id: UUID, organisation_id: UUID, unit_id: UUID | None, day: date, today: date
) -> frozenset[RelationshipKind]:
    """The kinds of relationships that the organisation, through the unit, has with the client on a day."""
    at_unit = or_(relationships.c.unit_id.is_(None), relationships.c.unit_id == unit_id)
    query = select(relationships.c.kind).where(
        relationships.c.client_id == client_id,
        relationships.c.organisation_id == organisation_id,
        at_unit if unit_id else text("true"),
        _holds(day, today),
    )
    return frozenset(session.scalars(query.distinct()))


def has_relationship(
    session: Session, *, client_id: UUID, organisation_id: UUID, unit_id: UUID | None, today: date
) -> bool:
    """Whether the organisation, through the unit, has a relationship with the client today (INV-14)."""
    kinds = kinds_on(
        session, client_id=client_id, organisation_id=organisation_id, unit_id=unit_id, day=today, today=today
    )
    return bool(kinds)


def of_client(client_id: UUID) -> Select[Relationship]:
    """All relationships of a client, for a page of them."""
    return select(Relationship).where(relationships.c.client_id == client_id)


def _holds(day: date, today: date) -> ColumnElement[bool]:
    """On its last day a closed one held until it was closed: of today that is over, of a day gone by it is true."""
    column = relationships.c
    period = (column.from_date <= day) & or_(column.to_date.is_(None), column.to_date >= day)
    return period if day < today else period & (column.state != RelationshipState.CLOSED)
