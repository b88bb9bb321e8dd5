"""What every bus process deletes from its service's database."""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from services.chassis.bus import every
from services.chassis.database import answer, inbox

KEEP_ANSWERS = timedelta(days=14)
"""A repeated call gets its first answer for this long (GUARANTEE-2 asks for 7 days at least)."""

KEEP_INBOX = timedelta(days=60)
"""A message replayed later than this would be applied again; handlers check versions anyway."""

HOUSEKEEPING = 60.0
_BATCH = 5000


@every(seconds=HOUSEKEEPING)
def keep_house(bus: object, session: Session, now: datetime) -> None:
    """Delete old answers and message ids, some thousands at a time; ages are measured by the database's own clock."""
    for table, keep in ((answer, KEEP_ANSWERS), (inbox, KEEP_INBOX)):
        written = table.c.created_at if table is answer else table.c.received_at
        key = list(table.primary_key.columns)
        old = select(*key).where(written < func.now() - keep).limit(_BATCH)
        session.execute(delete(table).where(func.row(*key).in_(old)))
