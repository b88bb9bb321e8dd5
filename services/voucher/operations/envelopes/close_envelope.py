"""End the envelope of an enrolment: what is left of it goes back to available (PROCESS-B7)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.inbox import NotYet
from services.voucher.domain.envelopes.envelope import EnvelopeState
from services.voucher.operations.purse.ledger import Source, SourceKind, release
from services.voucher.operations.purse.publish_finance import publish_finance
from services.voucher.storage.envelopes.envelope import load_envelope, save_envelope


def close_envelope(session: Session, *, enrolment_id: UUID, now: datetime) -> None:
    """The enrolment is in force: RELEASE the rest of its envelope. Raises NotYet while it is not funded here."""
    envelope = load_envelope(session, enrolment_id)
    if envelope is None or envelope.state is EnvelopeState.RESERVED:
        raise NotYet("the enrolment is not funded yet")
    if envelope.state is not EnvelopeState.FUNDED:
        return
    release(session, source=Source(SourceKind.ENROLMENT, enrolment_id), now=now)
    envelope.step("close", now)
    save_envelope(session, envelope)
    publish_finance(session, client_id=envelope.client_id, now=now)
