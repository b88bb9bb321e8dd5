"""A provider is heard about a sanction (SANCTION-2)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.identity import Caller
from services.provider.domain.sanction import Sanction
from services.provider.operations.sanctions import announce_sanction
from services.provider.storage import sanctions
from services.provider.wire.sanctions import sanction_facts
from sote.provider.v1 import events_pb2


def record_hearing(
    session: Session, *, sanction_id: UUID, statement: str, caller: Caller, etag: str, now: datetime
) -> Sanction:
    """Note what the contract's provider has to say."""
    sanction = sanctions.load_sanction(session, sanction_id, etag=etag)
    sanction.hear(statement, by=caller.organisation, now=now)
    fact = events_pb2.SanctionHeard(sanction=sanction_facts(sanction))
    announce_sanction(session, sanction, fact)
    return sanction
