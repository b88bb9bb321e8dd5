"""The copy with a key."""

from uuid import UUID

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from services.chassis.columns import TableRow


def copy_of(session: Session, table: Table, key: UUID) -> TableRow | None:
    """The row with this key; the table's key is one column."""
    (column,) = table.primary_key
    return session.execute(select(table).where(column == key)).one_or_none()
