"""Undo what an enrolment that failed or was withdrawn has bound (PROCESS-B2 to PROCESS-B6, INV-19)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.voucher.domain.envelopes.envelope import Envelope, EnvelopeState
from services.voucher.domain.rules import Rules
from services.voucher.operations.envelopes.revoke_for_enrolment import revoke_for_enrolment
from services.voucher.operations.purse.ledger import Source, SourceKind, release
from services.voucher.operations.purse.publish_finance import publish_finance
from services.voucher.operations.spending.end_commitment import end_commitment
from services.voucher.storage.envelopes.envelope import add_envelope, load_envelope, save_envelope
from services.voucher.storage.spending.commitment import open_commitments_of_enrolment


def undo_enrolment(
    session: Session, *, enrolment_id: UUID, client_id: UUID, county: str, rules: Rules, now: datetime
) -> None:
    """RELEASE all of the envelope; if its items were funded and the enrolment never came into force, undo them too.

    An enrolment not known here is remembered as undone, so that a late EnrolmentAccepted reserves nothing. Items of an
    enrolment that was in force end with their planned services, not here.
    """
    envelope = load_envelope(session, enrolment_id)
    if envelope is None:
        add_envelope(session, Envelope(enrolment_id, county, client_id, 0, EnvelopeState.UNDONE, now, now))
        return
    if not envelope.open:
        return
    if envelope.state is EnvelopeState.FUNDED:
        revoke_for_enrolment(session, enrolment_id=enrolment_id, rules=rules, now=now)
        for commitment in open_commitments_of_enrolment(session, enrolment_id):
            end_commitment(session, commitment=commitment, command="cancel", now=now)
    release(session, source=Source(SourceKind.ENROLMENT, enrolment_id), now=now)
    envelope.step("undo", now)
    save_envelope(session, envelope)
    publish_finance(session, client_id=envelope.client_id, now=now)
