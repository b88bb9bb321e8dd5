"""Enrolments of the package service, and what became of their request to be planned (PROCESS-B3)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Index, Integer, Table, Text, Uuid, select, text, update
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Session

from services.careplan.domain.neighbours.copies import EnrolmentCopy, EnrolmentItem
from services.careplan.storage.columns import METADATA
from services.chassis.columns import INSTANT
from services.chassis.copies import keep_newer, keep_once
from services.kernel.care import Arrangement, CareUnit, DeliveryMode

enrolment_copy = Table(
    "enrolment_copy",
    METADATA,
    Column("enrolment_id", Uuid, primary_key=True),
    Column("client_id", Uuid, nullable=False, index=True),
    Column("state", Text, nullable=False),
    Column("items", JSONB, nullable=False),
    Column("version", Integer, nullable=False),
    comment="enrolments, of the package service",
)

enrolment_wait = Table(
    "enrolment_wait",
    METADATA,
    Column("enrolment_id", Uuid, primary_key=True),
    Column("client_id", Uuid, nullable=False),
    Column("asked_at", INSTANT, nullable=False),
    Column("answered", Text, comment="PLANNED, or the reason of a refusal; NULL: waits for an open plan"),
    Column(
        "linked",
        ARRAY(Uuid),
        nullable=False,
        server_default="{}",
        comment="planned services that stood in the plan before, and stay when the enrolment ends",
    ),
    Index("ix_enrolment_wait_open", "asked_at", postgresql_where=text("answered IS NULL")),
    comment="enrolments whose items a plan is asked to take (PROCESS-B3); each is answered once",
)


PLANNED = "PLANNED"


def keep_enrolment(session: Session, known: EnrolmentCopy) -> bool:
    """Store an enrolment; returns whether it was newer than the stored copy."""
    values = {**vars(known), "items": [_item_to_plain(item) for item in known.items]}
    return keep_newer(session, enrolment_copy, values)


def enrolment(session: Session, enrolment_id: UUID) -> EnrolmentCopy | None:
    """The enrolment, if known."""
    table = enrolment_copy
    row = session.execute(select(table).where(table.c.enrolment_id == enrolment_id)).one_or_none()
    if row is None:
        return None
    return EnrolmentCopy(**{**row._mapping, "items": tuple(_item(item) for item in row._mapping["items"])})


def open_enrolment(session: Session, client_id: UUID, states: Sequence[str]) -> bool:
    """Whether the client has an enrolment in one of these states."""
    table = enrolment_copy
    query = select(table.c.enrolment_id).where(table.c.client_id == client_id, table.c.state.in_(states))
    return session.execute(query.limit(1)).first() is not None


def ask(session: Session, enrolment_id: UUID, client_id: UUID, now: datetime) -> None:
    """Note that a plan is asked to take the items; asked twice is asked once."""
    values = {"enrolment_id": enrolment_id, "client_id": client_id, "asked_at": now}
    keep_once(session, enrolment_wait, values)


def asked_at(session: Session, enrolment_id: UUID) -> datetime | None:
    """Since when an unanswered enrolment waits, its row locked; nothing when it has its answer."""
    table = enrolment_wait
    query = select(table.c.asked_at).where(table.c.enrolment_id == enrolment_id, table.c.answered.is_(None))
    return session.execute(query.with_for_update()).scalar_one_or_none()


def waiting(session: Session, limit: int) -> Sequence[UUID]:
    """Enrolments that wait for their answer, the longest waiting first."""
    table = enrolment_wait
    query = select(table.c.enrolment_id).where(table.c.answered.is_(None)).order_by(table.c.asked_at)
    return session.execute(query.limit(limit)).scalars().all()


def answer(session: Session, enrolment_id: UUID, answered: str, linked: Sequence[UUID] = ()) -> None:
    """Note the one answer an enrolment gets: PLANNED, with the services it was linked to, or why it is refused."""
    table = enrolment_wait
    answers = update(table).where(table.c.enrolment_id == enrolment_id).values(answered=answered, linked=list(linked))
    session.execute(answers)


def linked_to(session: Session, enrolment_id: UUID) -> list[UUID]:
    """The services that stood in the plan before its items were planned, and were linked to it."""
    table = enrolment_wait
    found = session.execute(select(table.c.linked).where(table.c.enrolment_id == enrolment_id)).scalar_one_or_none()
    return found or []


def _item_to_plain(item: EnrolmentItem) -> dict[str, Any]:
    return {
        "item_code": item.item_code,
        "service_code": item.service_code,
        "arrangement": None if item.arrangement is None else item.arrangement.value,
        "provider_id": None if item.provider_id is None else str(item.provider_id),
        "units": item.units,
        "unit": None if item.unit is None else item.unit.value,
        "from_date": item.from_date.isoformat(),
        "to_date": item.to_date.isoformat(),
        "modes": [mode.value for mode in item.modes],
        "mandatory": item.mandatory,
    }


def _item(plain: dict[str, Any]) -> EnrolmentItem:
    return EnrolmentItem(
        item_code=plain["item_code"],
        service_code=plain["service_code"],
        arrangement=None if plain["arrangement"] is None else Arrangement(plain["arrangement"]),
        provider_id=None if plain["provider_id"] is None else UUID(plain["provider_id"]),
        units=plain["units"],
        unit=None if plain["unit"] is None else CareUnit(plain["unit"]),
        from_date=date.fromisoformat(plain["from_date"]),
        to_date=date.fromisoformat(plain["to_date"]),
        modes=tuple(DeliveryMode(mode) for mode in plain["modes"]),
        mandatory=plain["mandatory"],
    )
