"""Copies of what each version of a plan says about its services, and of the client's absences."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from sqlalchemy import Boolean, Column, Date, Integer, String, Table, Text, Uuid, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.chassis.columns import TEXTS
from services.chassis.copies import keep_once
from services.voucher.domain.neighbours.plan_line import LineVersion, Pause
from services.voucher.storage.metadata import METADATA

plan_lines = Table(
    "plan_line_copy",
    METADATA,
    Column("plan_service_id", Uuid, primary_key=True),
    Column("major", Integer, primary_key=True, autoincrement=False),
    Column("since", Date, nullable=False, comment="the day the version came into force"),
    Column("planned", Boolean, nullable=False),
    Column("service_code", Text, nullable=False),
    Column("arrangement", String(40), nullable=False),
    Column("provider_id", Uuid),
    Column("from_date", Date, nullable=False),
    Column("to_date", Date, nullable=False),
    Column("units", Integer, nullable=False),
    Column("modes", TEXTS, nullable=False),
    comment="what each MAJOR version of a plan says about a service; a version never changes (PLANBOUND-1)",
)
pauses = Table(
    "service_pause_copy",
    METADATA,
    Column("plan_service_id", Uuid, primary_key=True),
    Column("first", Date, primary_key=True),
    Column("resumed", Date),
    comment="absences of clients from planned services",
)


def keep_lines(session: Session, lines: Iterable[LineVersion]) -> None:
    """What a version says, once."""
    for line in lines:
        keep_once(session, plan_lines, vars(line))


def keep_pause(session: Session, pause: Pause) -> None:
    """An absence; its beginning and its end may come in any order."""
    insertion = insert(pauses).values(**vars(pause))
    ended = func.coalesce(insertion.excluded.resumed, pauses.c.resumed)
    session.execute(
        insertion.on_conflict_do_update(index_elements=["plan_service_id", "first"], set_={"resumed": ended})
    )


def lines_of(session: Session, plan_service_ids: Collection[UUID]) -> Mapping[UUID | None, list[LineVersion]]:
    """Every version known of these services' lines, by service, oldest first."""
    found: dict[UUID | None, list[LineVersion]] = defaultdict(list)
    query = select(plan_lines).where(plan_lines.c.plan_service_id.in_(plan_service_ids)).order_by(plan_lines.c.major)
    for row in session.execute(query):
        found[row.plan_service_id].append(LineVersion(**row._mapping))
    return found


def pauses_of(session: Session, plan_service_ids: Collection[UUID]) -> Mapping[UUID | None, list[Pause]]:
    """Every absence known of these services, by service, oldest first."""
    found: dict[UUID | None, list[Pause]] = defaultdict(list)
    query = select(pauses).where(pauses.c.plan_service_id.in_(plan_service_ids)).order_by(pauses.c.first)
    for row in session.execute(query):
        found[row.plan_service_id].append(Pause(**row._mapping))
    return found
