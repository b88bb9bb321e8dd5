"""How a copy is stored."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Table, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.engine import Row
from sqlalchemy.orm import Session


def keep(session: Session, table: Table, values: Mapping[str, Any]) -> bool:
    """Insert the row or replace one of an older version; tells whether it was newer than what was known."""
    key = [column.name for column in table.primary_key]
    insertion = insert(table).values(values)
    changes = {name: insertion.excluded[name] for name in values if name not in key}
    upsert = insertion.on_conflict_do_update(
        index_elements=key, set_=changes, where=table.c.version < insertion.excluded.version
    )
    return session.execute(upsert.returning(table.c.version)).first() is not None


def _one(session: Session, table: Table, key: UUID) -> Row[Any] | None:
    (column,) = table.primary_key
    return session.execute(select(table).where(column == key)).one_or_none()
