"""Look through records for what does not fit together, so that the county can list it (S2.05)."""

from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.gateway import wire
from services.gateway.domain.inconsistencies import Inconsistency, inconsistencies
from services.gateway.domain.record import KINDS, part_of
from services.gateway.storage import findings
from services.gateway.storage.providers import summaries_of
from services.gateway.storage.records import stored_sections

AT_ONCE = 100
"""Records of one transaction; the rest follow in the next: a million a day are looked through."""


def check_records(session: Session, *, now: datetime) -> None:
    """Check what is due: records whose sections changed, and those not looked through today."""
    today = helsinki_date(now)
    for client_id in findings.due(session, today, limit=AT_ONCE):
        findings.replace(session, client_id, _found(session, client_id, today), now=now)
        findings.check_on(session, client_id, today + timedelta(days=1), again=True)


def _found(session: Session, client_id: UUID, today: date) -> list[Inconsistency]:
    """As a reader who may see everything would find it."""
    stored = stored_sections(session, client_id)
    parts = [part_of(kind, readable=True, stored=stored.get(kind.message), answer=None, needed=0) for kind in KINDS]
    named = frozenset(provider for copy in stored.values() for provider in copy.providers)
    return inconsistencies(wire.outline_of(str(client_id), parts, summaries_of(session, named)), today)
