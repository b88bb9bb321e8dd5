"""Facts on their way in: each is applied once for each consumer, however it is delivered (PROCESS-2, GUARANTEE-5)."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.chassis.database import inbox

PATIENCE = timedelta(minutes=10)
"""How long a message that comes too early is tried again before it is parked (GUARANTEE-6)."""


class NotYet(Exception):
    """What this fact builds on has not arrived: the message is tried again later, which is not an error (GUARANTEE-6).

    A handler that decides by itself after a while says how long it may take: its message is not parked before.
    """

    def __init__(self, message: str = "", *, patience: timedelta = PATIENCE) -> None:
        super().__init__(message)
        self.patience = patience


def first_time(session: Session, *, consumer: str, message_id: UUID) -> bool:
    """Note that the consumer handles the message in this transaction; False when its effects are committed already."""
    insertion = insert(inbox).values(consumer=consumer, message_id=message_id).on_conflict_do_nothing()
    return session.execute(insertion.returning(inbox.c.message_id)).scalar_one_or_none() is not None
