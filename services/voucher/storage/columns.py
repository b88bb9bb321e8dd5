"""Column types that several tables share: codes of the domain, lists, and the content of a voucher."""

from collections.abc import Callable
from dataclasses import asdict
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, Dialect, Enum, Text, Uuid
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.types import TypeDecorator

from services.voucher.domain.content import ContentSpec


def code(kind: type[StrEnum], name: str) -> Enum:
    """A code of the domain as text, with a check constraint of this name that knows every value."""
    return Enum(kind, name=name, native_enum=False, create_constraint=True, length=40)


def texts(name: str) -> Column[Any]:
    """A list of texts."""
    return Column(name, ARRAY(Text, as_tuple=True), nullable=False)


def uuids(name: str) -> Column[Any]:
    """A list of ids."""
    return Column(name, ARRAY(Uuid, as_tuple=True), nullable=False)


def county() -> tuple[Column[Any], Column[Any]]:
    """The county every aggregate belongs to (S1.01)."""
    return Column("county_scheme", Text, nullable=False), Column("county_code", Text, nullable=False)


class ContentColumn(TypeDecorator[ContentSpec]):
    """A ContentSpec as jsonb."""

    impl = JSONB
    cache_ok = True

    def process_bind_param(self, value: ContentSpec | None, dialect: Dialect) -> dict[str, Any] | None:
        """To the database."""
        return None if value is None else asdict(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> ContentSpec | None:
        """From the database."""
        if value is None:
            return None
        make: Callable[..., ContentSpec] = ContentSpec
        return make(**{key: tuple(part) if isinstance(part, list) else part for key, part in value.items()})
