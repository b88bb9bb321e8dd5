"""The copy with a key."""

from typing import Any
from uuid import UUID

from sqlalchemy import Row, Table, select
from sqlalchemy.orm import Session


def copy_of(session: Session, table: Table, key: UUID) -> Row[Any] | None:
    """The row with this key; the table's key is one column."""
    (column,) = table.primary_key
    return session.execute(select(table).where(column == key)).one_or_none()
