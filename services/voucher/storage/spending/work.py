"""Work items of county finance: commitments and capitation that wait for money."""

from datetime import datetime
from uuid import UUID, uuid5

from sqlalchemy.orm import Session

from services.chassis.work import finish_work, reopen_work
from services.voucher.domain.spending.direct_payment import DirectPayment

COMMITMENT_AWAITS_FUNDS = "commitment-awaits-funds"
CAPITATION_AWAITS_FUNDS = "capitation-awaits-funds"


def open_waiting(session: Session, commitment_id: UUID, *, reason: str, now: datetime) -> None:
    """Ask county finance for money for the commitment; asked before, nothing changes."""
    key = uuid5(commitment_id, COMMITMENT_AWAITS_FUNDS)
    subject = f"commitments/{commitment_id}"
    reopen_work(session, work_id=key, kind=COMMITMENT_AWAITS_FUNDS, subject=subject, reason=reason, now=now)


def finish_waiting(session: Session, commitment_id: UUID, *, now: datetime) -> None:
    """The commitment waits no longer; nothing happens when it never did."""
    finish_work(session, uuid5(commitment_id, COMMITMENT_AWAITS_FUNDS), now=now)


def open_capitation(session: Session, payment: DirectPayment, *, reason: str, now: datetime) -> None:
    """Ask county finance for money for a provider's capitation of a month."""
    subject = f"providers/{payment.provider_id}"
    reopen_work(session, work_id=payment.id, kind=CAPITATION_AWAITS_FUNDS, subject=subject, reason=reason, now=now)


def finish_capitation(session: Session, payment: DirectPayment, *, now: datetime) -> None:
    """It is paid; nothing happens when it never waited."""
    finish_work(session, payment.id, now=now)
