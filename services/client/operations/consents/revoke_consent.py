"""CONSENT-3: a client withdraws a permission or a denial."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.etags import check_etag
from services.chassis.identity import Caller
from services.client.domain.consents.consent import Consent
from services.client.operations.consents.consent import announce_consent
from services.client.storage.consents import load_consent


def revoke_consent(session: Session, *, consent_id: UUID, etag: str, caller: Caller, now: datetime) -> Consent:
    """Withdraw it, which is possible at any time; data disclosed under it meanwhile was disclosed lawfully."""
    consent = load_consent(session, consent_id)
    check_etag(etag, consent.version)
    consent.revoke(by=caller.subject, now=now)
    session.flush()
    return announce_consent(session, consent)
