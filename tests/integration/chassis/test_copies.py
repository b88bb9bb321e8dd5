"""Copies on a real PostgreSQL: the newest version stays, whatever order facts come in and however often."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

import pytest
from sqlalchemy import BigInteger, Column, MetaData, Table, Text, Uuid, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from services.chassis.columns import TEXTS, UUIDS, Codes, Json, code, history, identity
from services.chassis.copies import keep_newer, keep_once, replace_parts
from services.chassis.database import NAMING


class Colour(StrEnum):
    RED = "RED"
    GREEN = "GREEN"


@dataclass(frozen=True)
class Paint:
    """A value with a word in it."""

    colour: Colour
    coats: int


METADATA = MetaData(naming_convention=NAMING)
painted = Table(
    "painted_copy",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("version", BigInteger, nullable=False),
    Column("colour", code(Colour), nullable=True),
    Column("paint", Json[Paint](Paint), nullable=True),
    Column("colours", Codes(Colour), nullable=True),
    Column("rooms", TEXTS, nullable=True),
    Column("walls", UUIDS, nullable=True),
)
wall = Table(
    "wall_copy", METADATA, Column("painted_id", Uuid, primary_key=True), Column("name", Text, primary_key=True)
)
house = Table("house", METADATA, *identity(), *history())

ID = UUID(int=1)


@pytest.fixture
def work(session: Callable[[str], Session]) -> Session:
    opened = session("chassis")
    METADATA.create_all(opened.connection())
    return opened


def rows(work: Session, table: Table) -> list[tuple[object, ...]]:
    return [tuple(row) for row in work.execute(select(table))]


def test_the_newest_version_stays_and_what_is_not_named_too(work: Session) -> None:
    columns = select(painted.c.version, painted.c.colour, painted.c.rooms)
    assert keep_newer(work, painted, {"id": ID, "version": 2, "colour": Colour.RED, "rooms": ("hall",)})
    for version in (1, 2):
        assert not keep_newer(work, painted, {"id": ID, "version": version, "colour": Colour.GREEN})
    assert work.execute(columns).one() == (2, Colour.RED, ("hall",))
    assert keep_newer(work, painted, {"id": ID, "version": 3, "colour": Colour.GREEN})
    assert work.execute(columns).one() == (3, Colour.GREEN, ("hall",))


def test_a_row_that_never_changes_is_new_once(work: Session) -> None:
    assert keep_once(work, wall, {"painted_id": ID, "name": "north"})
    assert not keep_once(work, wall, {"painted_id": ID, "name": "north"})
    assert rows(work, wall) == [(ID, "north")]


def test_parts_are_replaced_as_a_whole_and_those_of_others_left(work: Session) -> None:
    other = UUID(int=2)
    replace_parts(work, wall, {"painted_id": other}, [{"name": "east"}])
    replace_parts(work, wall, {"painted_id": ID}, [{"name": "north"}, {"name": "south"}])
    replace_parts(work, wall, {"painted_id": ID}, [{"name": "west"}])
    assert sorted(rows(work, wall)) == [(ID, "west"), (other, "east")]
    replace_parts(work, wall, {"painted_id": ID}, [])
    assert rows(work, wall) == [(other, "east")]


def test_values_words_and_lists_are_read_back_as_themselves(work: Session) -> None:
    values = {
        "paint": Paint(Colour.GREEN, 2),
        "colours": (Colour.GREEN, Colour.RED),
        "rooms": ("hall", "attic"),
        "walls": (ID,),
    }
    keep_newer(work, painted, {"id": ID, "version": 1, **values})
    row = work.execute(select(painted)).one()
    assert {name: row._mapping[name] for name in values} == values
    keep_newer(work, painted, {"id": ID, "version": 2, **dict.fromkeys(values)})
    assert work.scalar(select(painted.c.id).where(*(painted.c[name].is_(None) for name in values))) == ID


def test_the_constraint_of_a_list_of_words_is_named_by_the_list(work: Session) -> None:
    with pytest.raises(IntegrityError, match="ck_painted_copy_colour"):
        work.connection().exec_driver_sql("insert into painted_copy (id, version, colour) values (%s, 1, 'X')", (ID,))
    assert code(Colour, "shade").name == "shade"


def test_an_aggregate_belongs_to_a_county_of_the_two_schemes_COUNTY_3(work: Session) -> None:
    insertion = (
        "insert into house (id, county_scheme, county_code, version, created_at, created_by, updated_at)"
        " values (%s, %s, '06', 1, now(), 'x', now())"
    )
    work.connection().exec_driver_sql(insertion, (ID, "MAAKUNTA_2017"))
    with pytest.raises(IntegrityError, match="ck_house_scheme"):
        work.connection().exec_driver_sql(insertion, (UUID(int=2), "LAANI_1990"))
