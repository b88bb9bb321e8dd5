"""How a copy is kept: one upsert, guarded by the version, so that order and repetition do not matter."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session


def keep_newer(session: Session, table: Table, values: Mapping[str, Any]) -> bool:
    """Keep the row if its `version` is newer than the one stored under the same key; tells whether it was."""
    insertion = insert(table).values(**values)
    key = [column.name for column in table.primary_key]
    rest = {name: insertion.excluded[name] for name in values if name not in key}
    upsert = insertion.on_conflict_do_update(
        index_elements=key, set_=rest, where=table.c.version < insertion.excluded.version
    )
    return session.execute(upsert.returning(table.c.version)).first() is not None


def keep_once(session: Session, table: Table, values: Mapping[str, Any]) -> bool:
    """Keep a row that never changes; tells whether it is new."""
    insertion = insert(table).values(**values).on_conflict_do_nothing()
    return session.execute(insertion.returning(*table.primary_key)).first() is not None


def replace_parts(session: Session, table: Table, owner: Mapping[str, Any], parts: list[dict[str, Any]]) -> None:
    """Replace the rows that belong to `owner` (column -> value); its row is locked by the upsert before."""
    session.execute(table.delete().where(*(table.c[name] == value for name, value in owner.items())))
    if parts:
        session.execute(table.insert(), parts)
