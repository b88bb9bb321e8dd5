"""A provider is heard about a sanction (SANCTION-2)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.etags import check_etag
from services.chassis.identity import Caller
from services.chassis.outbox import announce
from services.provider.domain.sanction import Sanction
from services.provider.storage import sanctions
from services.provider.wire.sanctions import sanction_facts
from sote.provider.v1 import events_pb2


def be_heard(
    session: Session, *, sanction_id: UUID, statement: str, caller: Caller, etag: str, now: datetime
) -> Sanction:
    """Note what the contract's provider has to say."""
    sanction = sanctions.for_update(session, sanction_id)
    check_etag(etag, sanction.version)
    sanction.hear(statement, by=caller.organisation, now=now)
    session.flush()
    fact = events_pb2.SanctionHeard(sanction=sanction_facts(sanction))
    announce(session, fact, aggregate="sanctions", aggregate_id=sanction.uid, version=sanction.version)
    return sanction
