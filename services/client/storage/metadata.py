"""What all tables of the client service share: metadata, mapper registry, and the columns of every aggregate."""

from typing import Any

from sqlalchemy import Column, Text, Uuid
from sqlalchemy.orm import registry

from services.chassis.columns import INSTANT, county
from services.chassis.database import metadata

METADATA = metadata()
MAPPERS = registry(metadata=METADATA)


def identity_columns() -> list[Column[Any]]:
    """The columns of every aggregate: id, county, and who made the row when."""
    return [
        Column("id", Uuid, primary_key=True),
        *county(),
        Column("created_at", INSTANT, nullable=False),
        Column("created_by", Text, nullable=False),
    ]
