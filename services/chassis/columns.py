"""Column types and columns that tables of every service have: values as JSON, words, lists, identity and history."""

import re
from collections.abc import Iterable
from enum import Enum, StrEnum
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter
from sqlalchemy import CheckConstraint, Column, DateTime, Dialect, Integer, Row, Select, Text, Uuid
from sqlalchemy import Enum as EnumColumn
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.schema import SchemaItem
from sqlalchemy.types import TypeDecorator

INSTANT = DateTime(timezone=True)
TEXTS = ARRAY(Text, as_tuple=True)
UUIDS = ARRAY(Uuid, as_tuple=True)

TableRow = Row[Any]
"""A row of tables that are no classes: what its columns hold is known to the tables alone."""
TableQuery = Select[Any]
"""A question that gives such rows."""

Value = TypeVar("Value")
Word = TypeVar("Word", bound=StrEnum)


class Json(TypeDecorator[Value], Generic[Value]):
    """A frozen domain value, or a tuple of them, as JSON: replaced as a whole, never changed in place; None is NULL."""

    impl = JSONB
    cache_ok = True

    def __init__(self, kind: type[Value]) -> None:
        super().__init__(none_as_null=True)
        self.kind = kind
        self._adapter: TypeAdapter[Value] = TypeAdapter(kind)

    def process_bind_param(self, value: Value | None, dialect: Dialect) -> object:
        """To JSON."""
        return None if value is None else self._adapter.dump_python(value, mode="json")

    def process_result_value(self, value: object, dialect: Dialect) -> Value | None:
        """From JSON."""
        return None if value is None else self._adapter.validate_python(value)


class Codes(TypeDecorator[tuple[Word, ...]], Generic[Word]):
    """Several words of one list as a text array."""

    impl = ARRAY(Text)
    cache_ok = True

    def __init__(self, kind: type[Word]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: tuple[Word, ...] | None, dialect: Dialect) -> list[str] | None:
        """To text."""
        return None if value is None else [word.value for word in value]

    def process_result_value(self, value: Iterable[str] | None, dialect: Dialect) -> tuple[Word, ...] | None:
        """From text."""
        return None if value is None else tuple(self.kind(word) for word in value)


def code(kind: type[Enum], name: str = "", *, length: int | None = None) -> EnumColumn:
    """One word of a list as text; a check constraint knows every word and is named `name`, else by the list."""
    return EnumColumn(
        kind,
        name=name or re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower(),
        native_enum=False,
        create_constraint=True,
        length=length,
        values_callable=lambda words: [word.value for word in words],
    )


def county() -> list[Column[str]]:
    """The county that every aggregate belongs to (S1.01)."""
    return [Column("county_scheme", Text, nullable=False), Column("county_code", Text, nullable=False)]


def identity() -> list[SchemaItem]:
    """What a row of an aggregate starts with: its id, and its county as the house spells counties."""
    return [
        Column("id", Uuid, primary_key=True),
        *county(),
        CheckConstraint("county_scheme in ('MAAKUNTA_2017', 'HVA_2023')", name="scheme"),
        CheckConstraint("county_code ~ '^[0-9]{2}$'", name="county"),
    ]


def history() -> list[SchemaItem]:
    """What a row of an aggregate ends with; `version` is the optimistic lock and the version of its facts."""
    return [
        Column("version", Integer, nullable=False),
        Column("created_at", INSTANT, nullable=False),
        Column("created_by", Text, nullable=False),
        Column("updated_at", INSTANT, nullable=False),
    ]
