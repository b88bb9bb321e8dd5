"""The county withdraws a sanction that is not imposed (SANCTION-1)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.etags import check_etag
from services.chassis.outbox import announce
from services.provider.domain.sanction import Sanction
from services.provider.storage import sanctions
from services.provider.wire.sanctions import sanction_facts
from sote.provider.v1 import events_pb2


def withdraw_sanction(session: Session, *, sanction_id: UUID, etag: str, now: datetime) -> Sanction:
    """Withdraw it."""
    sanction = sanctions.for_update(session, sanction_id)
    check_etag(etag, sanction.version)
    sanction.withdraw(now=now)
    session.flush()
    fact = events_pb2.SanctionWithdrawn(sanction=sanction_facts(sanction))
    announce(session, fact, aggregate="sanctions", aggregate_id=sanction.uid, version=sanction.version)
    return sanction
