"""What the clock does to sanctions: those whose last day is over expire (SANCTION-1)."""

from datetime import datetime

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.provider.operations.sanctions import announce_sanction
from services.provider.storage import sanctions
from services.provider.wire.sanctions import sanction_facts
from sote.provider.v1 import events_pb2

AT_ONCE = 50
"""Sanctions of one transaction; the rest follow in the next."""


def expire_sanctions(session: Session, *, now: datetime) -> None:
    """Expire what is imposed until a day that is over."""
    day = helsinki_date(now)
    for sanction in sanctions.over(session, day=day, limit=AT_ONCE):
        sanction.expire(day=day, now=now)
        fact = events_pb2.SanctionExpired(sanction=sanction_facts(sanction))
        announce_sanction(session, sanction, fact)
