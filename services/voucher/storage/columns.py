"""Column types that several tables share: codes of the domain and lists."""

from enum import StrEnum
from typing import Any

from sqlalchemy import Column, Enum, Text, Uuid
from sqlalchemy.dialects.postgresql import ARRAY


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
