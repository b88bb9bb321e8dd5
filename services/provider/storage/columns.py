"""Column types: a domain value object as JSON, an enumeration as checked text, and the columns every aggregate has."""

from enum import StrEnum
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter
from sqlalchemy import ARRAY, CheckConstraint, Column, DateTime, Dialect, Enum, Integer, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.schema import SchemaItem
from sqlalchemy.types import TypeDecorator

INSTANT = DateTime(timezone=True)
Value = TypeVar("Value")
Code = TypeVar("Code", bound=StrEnum)


class Json(TypeDecorator[Value], Generic[Value]):
    """A value object stored as JSON and read back as itself."""

    impl = JSONB
    cache_ok = True

    def __init__(self, kind: Any, *, none_as_null: bool = False) -> None:
        super().__init__(none_as_null=none_as_null)
        self.kind = kind
        self._adapter: TypeAdapter[Value] = TypeAdapter(kind)

    def process_bind_param(self, value: Value | None, dialect: Dialect) -> Any:
        """To JSON."""
        return None if value is None else self._adapter.dump_python(value, mode="json")

    def process_result_value(self, value: Any, dialect: Dialect) -> Value | None:
        """From JSON."""
        return None if value is None else self._adapter.validate_python(value)


class Codes(TypeDecorator[tuple[Code, ...]], Generic[Code]):
    """Several values of an enumeration as a text array."""

    impl = ARRAY(Text)
    cache_ok = True

    def __init__(self, kind: type[Code]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: tuple[Code, ...] | None, dialect: Dialect) -> Any:
        """To text."""
        return None if value is None else [one.value for one in value]

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[Code, ...] | None:
        """From text."""
        return None if value is None else tuple(self.kind(one) for one in value)


def code_of(kind: type[StrEnum]) -> Enum:
    """One value of an enumeration as text, with a check constraint named by the enumeration."""
    name = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in kind.__name__).strip("_")
    return Enum(
        kind,
        name=name,
        native_enum=False,
        create_constraint=True,
        values_callable=lambda values: [one.value for one in values],
    )


def identity() -> list[SchemaItem]:
    """What every aggregate row starts with; the county is where it belongs (S1.01)."""
    return [
        Column("uid", Uuid, primary_key=True),
        Column("county_scheme", Text, nullable=False),
        Column("county_code", Text, nullable=False),
        CheckConstraint("county_scheme in ('MAAKUNTA_2017', 'HVA_2023')", name="scheme"),
        CheckConstraint("county_code ~ '^[0-9]{2}$'", name="county"),
    ]


def history() -> list[Column[Any]]:
    """What every aggregate row ends with; `version` is the optimistic lock and the version of its facts."""
    return [
        Column("version", Integer, nullable=False),
        Column("created_at", INSTANT, nullable=False),
        Column("created_by", Text, nullable=False),
        Column("updated_at", INSTANT, nullable=False),
    ]
