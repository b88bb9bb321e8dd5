"""What all tables of the client service share: metadata, mapper registry, and column types for domain values."""

from enum import Enum
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Column, DateTime, Dialect, Text, Uuid
from sqlalchemy import Enum as EnumColumn
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import registry
from sqlalchemy.types import TypeDecorator

from services.chassis.database import metadata

METADATA = metadata()
MAPPERS = registry(metadata=METADATA)
INSTANT = DateTime(timezone=True)


class Value(TypeDecorator[Any]):
    """A frozen domain value, or a tuple of them, as JSON; always replaced as a whole, never changed in place."""

    impl = JSONB
    cache_ok = False

    def __init__(self, kind: Any) -> None:
        super().__init__(none_as_null=True)
        self._adapter: TypeAdapter[Any] = TypeAdapter(kind)

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        """To JSON."""
        return None if value is None else self._adapter.dump_python(value, mode="json")

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """From JSON."""
        return None if value is None else self._adapter.validate_python(value)


def words(kind: type[Enum], name: str) -> EnumColumn:
    """A column type for an enum: its values as text, and a constraint `name` that admits no other."""
    return EnumColumn(
        kind,
        native_enum=False,
        create_constraint=True,
        name=name,
        length=40,
        values_callable=lambda enum: [member.value for member in enum],
    )


def identity_columns() -> list[Column[Any]]:
    """The columns of every aggregate: id, county, and who made the row when."""
    return [
        Column("id", Uuid, primary_key=True),
        Column("county_scheme", Text, nullable=False),
        Column("county_code", Text, nullable=False),
        Column("created_at", INSTANT, nullable=False),
        Column("created_by", Text, nullable=False),
    ]
