"""REPRESENTATIVE-1, PROCESS-D6: a representative no longer acts for a client."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.etags import check_etag
from services.client.domain.representatives.representative import Representative
from services.client.operations.representatives.representative import announce_representative
from services.client.storage.representatives import load_representative


def end_representative(session: Session, *, representative_id: UUID, etag: str, now: datetime) -> Representative:
    """End it today."""
    representative = load_representative(session, representative_id)
    check_etag(etag, representative.version)
    representative.end(helsinki_date(now))
    session.flush()
    return announce_representative(session, representative, now)
