"""The county asks a provider what it has to say about a sanction (SANCTION-2)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.weekdays import FINLAND
from services.provider.domain.rules import Rules
from services.provider.domain.sanction import Sanction
from services.provider.operations.sanctions import announce_sanction
from services.provider.storage import sanctions
from services.provider.wire.sanctions import sanction_facts
from sote.provider.v1 import events_pb2


def open_hearing(session: Session, *, sanction_id: UUID, rules: Rules, etag: str, now: datetime) -> Sanction:
    """Open the hearing; the provider has the weekdays of the rules."""
    sanction = sanctions.load_sanction(session, sanction_id, etag=etag)
    day = helsinki_date(now)
    sanction.open_hearing(weekdays=rules.hearing_weekdays, calendar=FINLAND, day=day, now=now)
    fact = events_pb2.SanctionHearingOpened(sanction=sanction_facts(sanction))
    announce_sanction(session, sanction, fact)
    return sanction
