"""The county withdraws a sanction that is not imposed (SANCTION-1)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.provider.domain.sanction import Sanction
from services.provider.operations.sanctions import announce_sanction
from services.provider.storage import sanctions
from services.provider.wire.sanctions import sanction_facts
from sote.provider.v1 import events_pb2


def withdraw_sanction(session: Session, *, sanction_id: UUID, etag: str, now: datetime) -> Sanction:
    """Withdraw it."""
    sanction = sanctions.load_sanction(session, sanction_id, etag=etag)
    sanction.withdraw(now=now)
    fact = events_pb2.SanctionWithdrawn(sanction=sanction_facts(sanction))
    announce_sanction(session, sanction, fact)
    return sanction
