"""Rows of representatives; the person of one who is no client stands sealed."""

import json
from dataclasses import asdict
from datetime import date
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    ColumnElement,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Select,
    Table,
    Uuid,
    or_,
    select,
    text,
)
from sqlalchemy.orm import Session

from services.chassis.columns import code
from services.chassis.vault import Sealed, Vault
from services.client.domain.refusals import Unknown
from services.client.domain.representatives.representative import (
    Representative,
    RepresentativeKind,
    RepresentativePerson,
    RepresentativeState,
    RepresentedMatters,
)
from services.client.storage.clients import client as clients
from services.client.storage.metadata import MAPPERS, METADATA, identity_columns

representatives = Table(
    "representative",
    METADATA,
    *identity_columns(),
    Column("version", Integer, nullable=False),
    Column("client_id", Uuid, ForeignKey("client.id"), nullable=False),
    Column("kind", code(RepresentativeKind, "kind", length=40), nullable=False),
    Column("matters", code(RepresentedMatters, "matters", length=40), nullable=False),
    Column("representative_client_id", Uuid, ForeignKey("client.id"), nullable=True),
    Column("from_date", Date, nullable=False),
    Column("to_date", Date, nullable=True, comment="last day"),
    Column("state", code(RepresentativeState, "state", length=40), nullable=False),
    Column("ended_date", Date, nullable=True),
    CheckConstraint("to_date >= from_date", name="period"),
    CheckConstraint("representative_client_id <> client_id", name="another"),
    CheckConstraint("(state = 'ENDED') = (ended_date is not null)", name="ended"),
    Index(
        "uq_representative_in_force",
        "client_id",
        "kind",
        "representative_client_id",
        unique=True,
        postgresql_where=text("state = 'IN_FORCE'"),
    ),
    Index(None, "client_id", "created_at"),
    Index(None, "representative_client_id"),
    comment="who stands for a client or cares for one informally (REPRESENTATIVE-1)",
)
persons = Table(
    "representative_person",
    METADATA,
    Column("representative_id", Uuid, ForeignKey("representative.id"), primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("key_version", Integer, nullable=False),
    comment="AES-256-GCM; name and telephone of representatives who are no clients",
)

MAPPERS.map_imperatively(
    Representative, representatives, version_id_col=representatives.c.version, version_id_generator=False
)


def get_representative(session: Session, representative_id: UUID) -> Representative:
    """The representative; `Unknown` when there is none."""
    found = session.get(Representative, representative_id)
    if found is None:
        raise Unknown("representative", f"representatives/{representative_id}")
    return found


def load_representative(session: Session, representative_id: UUID) -> Representative:
    """The representative, the client's row and its own locked until the transaction ends."""
    clients.load_client(session, get_representative(session, representative_id).client_id)
    return session.get_one(Representative, representative_id, with_for_update=True, populate_existing=True)


def keep_person(session: Session, vault: Vault, representative_id: UUID, person: RepresentativePerson) -> None:
    """Store, sealed, who the representative is."""
    sealed = vault.seal(json.dumps(asdict(person)), representative_id)
    values = {"representative_id": representative_id, "sealed": sealed.body, "key_version": sealed.key_version}
    session.execute(persons.insert().values(values))


def person_of(session: Session, vault: Vault, representative_id: UUID) -> RepresentativePerson | None:
    """Who the representative is; None for one who is a client."""
    row = session.execute(select(persons).where(persons.c.representative_id == representative_id)).one_or_none()
    if row is None:
        return None
    opened = vault.open(Sealed(row.sealed, row.key_version), representative_id)
    return RepresentativePerson(**json.loads(opened))


def in_force(session: Session, client_id: UUID) -> list[Representative]:
    """Who stands for the client; whether it is the day yet, or still, is for the reader to say."""
    query = select(Representative).where(representatives.c.client_id == client_id, _in_force())
    return list(session.scalars(query.order_by(representatives.c.created_at, representatives.c.id)))


def representing(session: Session, representative_client_id: UUID, client_id: UUID) -> list[Representative]:
    """As what one client stands for another."""
    query = select(Representative).where(
        representatives.c.representative_client_id == representative_client_id,
        representatives.c.client_id == client_id,
        _in_force(),
    )
    return list(session.scalars(query))


def by_client(session: Session, representative_client_id: UUID) -> list[Representative]:
    """Everything in which a client stands for others, in the order of locking."""
    query = select(Representative).where(
        representatives.c.representative_client_id == representative_client_id, _in_force()
    )
    return list(session.scalars(query.order_by(representatives.c.client_id, representatives.c.id)))


def has_carer(session: Session, client_id: UUID, day: date) -> bool:
    """Whether an informal carer is linked to the client on the day."""
    column = representatives.c
    query = select(column.id).where(
        column.client_id == client_id,
        column.kind == RepresentativeKind.INFORMAL_CARER,
        _in_force(),
        column.from_date <= day,
        or_(column.to_date.is_(None), column.to_date >= day),
    )
    return session.scalar(query.limit(1)) is not None


def of_client(client_id: UUID) -> Select[Representative]:
    """All representatives of a client, for a page of them."""
    return select(Representative).where(representatives.c.client_id == client_id)


def _in_force() -> ColumnElement[bool]:
    return representatives.c.state == RepresentativeState.IN_FORCE
