"""Rows of direct choices, and copies of the contracts they rest on."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Boolean,
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
    any_,
    exists,
    func,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from services.client.domain.choice import ChoiceEnd, ChoiceStatus, DirectChoice
from services.client.domain.guidance import ChoiceKind
from services.client.domain.refusals import Unknown
from services.client.storage.copies import newer, unit_copy
from services.client.storage.metadata import INSTANT, MAPPERS, METADATA, identity_columns, words

contract_copy = Table(
    "contract_copy",
    METADATA,
    Column("contract_id", Uuid, primary_key=True),
    Column("provider_id", Uuid, nullable=False),
    Column("status", Text, nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("valid_to", Date, nullable=False, comment="last day, an early end included"),
    Column("every_unit", Boolean, nullable=False),
    Column("unit_ids", ARRAY(Uuid), nullable=False),
    Column("version", BigInteger, nullable=False),
    Index(None, "provider_id"),
    comment="direct-choice contracts as the provider service last told",
)
choices = Table(
    "direct_choice",
    METADATA,
    *identity_columns(),
    Column("updated_at", INSTANT, nullable=False),
    Column("version", Integer, nullable=False),
    Column("client_id", Uuid, ForeignKey("client.id"), nullable=False),
    Column("kind", words(ChoiceKind, "kind"), nullable=False),
    Column("provider_id", Uuid, nullable=False),
    Column("unit_id", Uuid, nullable=False),
    Column("contract_id", Uuid, nullable=False),
    Column("guidance_id", Uuid, ForeignKey("guidance.id"), nullable=False),
    Column("from_date", Date, nullable=False),
    Column("earliest_change", Date, nullable=False),
    Column("status", words(ChoiceStatus, "status"), nullable=False),
    Column("ended_date", Date, nullable=True),
    Column("end_reason", words(ChoiceEnd, "end_reason"), nullable=True),
    Index("uq_direct_choice_in_force", "client_id", "kind", unique=True, postgresql_where=text("status = 'IN_FORCE'")),
    Index("ix_direct_choice_unit", "unit_id", postgresql_where=text("status = 'IN_FORCE'")),
    Index("ix_direct_choice_contract", "contract_id", postgresql_where=text("status = 'IN_FORCE'")),
    comment="direct choices (C7); one of a kind in force for a client",
)

MAPPERS.map_imperatively(DirectChoice, choices, version_id_col=choices.c.version, version_id_generator=False)


def store_contract(session: Session, values: Mapping[str, Any]) -> None:
    """Take a direct-choice contract over, unless a newer version is here."""
    newer(session, contract_copy, "contract_id", dict(values))


def eligible(session: Session, kind: ChoiceKind, today: date) -> dict[UUID, tuple[UUID, UUID]]:
    """Of every unit that can be chosen today: its provider and the contract."""
    copy, unit = contract_copy.c, unit_copy.c
    query = select(unit.unit_id, copy.provider_id, copy.contract_id).where(
        unit.provider_id == copy.provider_id,
        unit.centre if kind is ChoiceKind.HSSC else unit.dental,
        copy.status == "ACTIVE",
        copy.valid_from <= today,
        copy.valid_to >= today,
        copy.every_unit | (unit.unit_id == any_(copy.unit_ids)),
    )
    return {row.unit_id: (row.provider_id, row.contract_id) for row in session.execute(query)}


def centres_under_contract(session: Session, today: date) -> list[tuple[UUID, UUID, str, int]]:
    """Each health and social services centre that may have clients today, a suspended contract's too: unit, provider,
    municipality, and how many have chosen it.
    """
    copy, unit = contract_copy.c, unit_copy.c
    chosen = (
        select(func.count())
        .where(choices.c.unit_id == unit.unit_id, choices.c.status == ChoiceStatus.IN_FORCE)
        .scalar_subquery()
    )
    query = select(unit.unit_id, unit.provider_id, unit.municipality_code, chosen).where(
        unit.centre,
        exists().where(
            unit.provider_id == copy.provider_id,
            copy.status.in_(["ACTIVE", "SUSPENDED"]),
            copy.valid_from <= today,
            copy.valid_to >= today,
            copy.every_unit | (unit.unit_id == any_(copy.unit_ids)),
        ),
    )
    return [(row[0], row[1], row[2], row[3]) for row in session.execute(query)]


def in_force(session: Session, client_id: UUID) -> dict[ChoiceKind, DirectChoice]:
    """The client's choices in force."""
    query = select(DirectChoice).where(choices.c.client_id == client_id, choices.c.status == ChoiceStatus.IN_FORCE)
    return {one.kind: one for one in session.scalars(query)}


def lost(session: Session, today: date, limit: int) -> list[UUID]:
    """Clients with a choice whose contract is over, in the order of locking."""
    query = (
        select(choices.c.client_id)
        .distinct()
        .join(contract_copy, contract_copy.c.contract_id == choices.c.contract_id)
        .where(choices.c.status == ChoiceStatus.IN_FORCE, _over(today))
        .order_by(choices.c.client_id)
        .limit(limit)
    )
    return list(session.scalars(query))


def contracts_over(session: Session, today: date) -> set[UUID]:
    """The contracts that are over."""
    return set(session.scalars(select(contract_copy.c.contract_id).where(_over(today))))


def get(session: Session, choice_id: UUID) -> DirectChoice:
    """The choice; `Unknown` when there is none."""
    found = session.get(DirectChoice, choice_id)
    if found is None:
        raise Unknown("choice", f"directChoices/{choice_id}")
    return found


def of_client(client_id: UUID) -> Select[DirectChoice]:
    """All choices of a client, for a page of them."""
    return select(DirectChoice).where(choices.c.client_id == client_id)


def _over(today: date) -> ColumnElement[bool]:
    """A suspended contract is not over: its clients keep their choice."""
    return contract_copy.c.status.in_(["TERMINATED", "EXPIRED", "WITHDRAWN"]) | (contract_copy.c.valid_to < today)
