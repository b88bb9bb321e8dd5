"""Rows of direct choices, and copies of the contracts they rest on."""

from datetime import date
from uuid import UUID

from sqlalchemy import (
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    Select,
    Table,
    Uuid,
    any_,
    exists,
    func,
    select,
    text,
)
from sqlalchemy.orm import Session

from services.chassis.columns import INSTANT, code
from services.client.domain.choices.choice import ChoiceEnd, ChoiceState, DirectChoice
from services.client.domain.guidance import ChoiceKind
from services.client.domain.refusals import Unknown
from services.client.storage.metadata import MAPPERS, METADATA, identity_columns
from services.client.storage.neighbours.contract import contract_copy, is_over
from services.client.storage.neighbours.provider import unit_copy

choices = Table(
    "direct_choice",
    METADATA,
    *identity_columns(),
    Column("updated_at", INSTANT, nullable=False),
    Column("version", Integer, nullable=False),
    Column("client_id", Uuid, ForeignKey("client.id"), nullable=False),
    Column("kind", code(ChoiceKind, "kind", length=40), nullable=False),
    Column("provider_id", Uuid, nullable=False),
    Column("unit_id", Uuid, nullable=False),
    Column("contract_id", Uuid, nullable=False),
    Column("guidance_id", Uuid, ForeignKey("guidance.id"), nullable=False),
    Column("from_date", Date, nullable=False),
    Column("earliest_change", Date, nullable=False),
    Column("state", code(ChoiceState, "state", length=40), nullable=False),
    Column("ended_date", Date, nullable=True),
    Column("end_reason", code(ChoiceEnd, "end_reason", length=40), nullable=True),
    Index("uq_direct_choice_in_force", "client_id", "kind", unique=True, postgresql_where=text("state = 'IN_FORCE'")),
    Index("ix_direct_choice_unit", "unit_id", postgresql_where=text("state = 'IN_FORCE'")),
    Index("ix_direct_choice_contract", "contract_id", postgresql_where=text("state = 'IN_FORCE'")),
    comment="direct choices (CLIENT-7); one of a kind in force for a client",
)

MAPPERS.map_imperatively(DirectChoice, choices, version_id_col=choices.c.version, version_id_generator=False)


def eligible(session: Session, kind: ChoiceKind, today: date) -> dict[UUID, tuple[UUID, UUID]]:
    """Of every unit that can be chosen today: its provider and the contract."""
    copy, unit = contract_copy.c, unit_copy.c
    query = select(unit.unit_id, copy.provider_id, copy.contract_id).where(
        unit.provider_id == copy.provider_id,
        unit.centre if kind is ChoiceKind.HSSC else unit.dental,
        copy.state == "ACTIVE",
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
        .where(choices.c.unit_id == unit.unit_id, choices.c.state == ChoiceState.IN_FORCE)
        .scalar_subquery()
    )
    query = select(unit.unit_id, unit.provider_id, unit.municipality_code, chosen).where(
        unit.centre,
        exists().where(
            unit.provider_id == copy.provider_id,
            copy.state.in_(["ACTIVE", "SUSPENDED"]),
            copy.valid_from <= today,
            copy.valid_to >= today,
            copy.every_unit | (unit.unit_id == any_(copy.unit_ids)),
        ),
    )
    return [(row[0], row[1], row[2], row[3]) for row in session.execute(query)]


def in_force(session: Session, client_id: UUID) -> dict[ChoiceKind, DirectChoice]:
    """The client's choices in force."""
    query = select(DirectChoice).where(choices.c.client_id == client_id, choices.c.state == ChoiceState.IN_FORCE)
    return {choice.kind: choice for choice in session.scalars(query)}


def lost(session: Session, today: date, limit: int) -> list[UUID]:
    """Clients with a choice whose contract is over, in the order of locking."""
    query = (
        select(choices.c.client_id)
        .distinct()
        .join(contract_copy, contract_copy.c.contract_id == choices.c.contract_id)
        .where(choices.c.state == ChoiceState.IN_FORCE, is_over(today))
        .order_by(choices.c.client_id)
        .limit(limit)
    )
    return list(session.scalars(query))


def get_direct_choice(session: Session, choice_id: UUID) -> DirectChoice:
    """The choice; `Unknown` when there is none."""
    found = session.get(DirectChoice, choice_id)
    if found is None:
        raise Unknown("choice", f"directChoices/{choice_id}")
    return found


def of_client(client_id: UUID) -> Select[DirectChoice]:
    """All choices of a client, for a page of them."""
    return select(DirectChoice).where(choices.c.client_id == client_id)
