"""Keeping the copy of a client's state and flags."""

from datetime import datetime

from sqlalchemy.orm import Session

from services.careplan.domain.neighbours import KnownClient
from services.careplan.storage import neighbours
from services.chassis.clock import helsinki_date


def keep_client(session: Session, *, client: KnownClient, now: datetime) -> None:
    """Keep a client's state and flags, unless a newer version is known, and since when the client is flagged."""
    neighbours.keep_client(session, client, helsinki_date(now))
