"""How copies of neighbours' facts are stored: upserts guarded by the version, so order and repetition do no harm.

OWNERSHIP-2: the highest version stays.
"""

from collections.abc import Mapping, Sequence

from sqlalchemy import Table
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session


def keep_newer(session: Session, table: Table, values: Mapping[str, object]) -> bool:
    """Store the row unless its key has one of the same or a higher `version`; whether it was stored.

    It stays locked until the transaction ends, and a column that is not named keeps its value.
    """
    insertion = insert(table).values(**values)
    key = [column.name for column in table.primary_key]
    changed = {name: insertion.excluded[name] for name in values if name not in key}
    upsert = insertion.on_conflict_do_update(
        index_elements=key, set_=changed, where=table.c.version < insertion.excluded.version
    )
    return session.execute(upsert.returning(table.c.version)).first() is not None


def keep_once(session: Session, table: Table, values: Mapping[str, object]) -> bool:
    """Store a row that never changes; whether it is new."""
    insertion = insert(table).values(**values).on_conflict_do_nothing()
    return session.execute(insertion.returning(*table.primary_key)).first() is not None


def replace_parts(
    session: Session, table: Table, owner: Mapping[str, object], parts: Sequence[Mapping[str, object]]
) -> None:
    """Replace the rows that belong to `owner` (column to value) after `keep_newer` has stored and locked its row."""
    session.execute(table.delete().where(*(table.c[name] == value for name, value in owner.items())))
    if parts:
        session.execute(table.insert(), [{**owner, **part} for part in parts])
