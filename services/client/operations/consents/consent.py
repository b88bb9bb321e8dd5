"""What every operation on a consent shares."""

from sqlalchemy.orm import Session

from services.chassis.outbox import announce
from services.client.domain.consents.consent import Consent
from services.client.wire.consents import consent_changed


def announce_consent(session: Session, consent: Consent) -> Consent:
    """Announce what the client permits or denies now."""
    fact = consent_changed(consent)
    announce(session, fact, aggregate="consents", aggregate_id=consent.id, version=consent.version)
    return consent
