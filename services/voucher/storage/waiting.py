"""Work items of county finance: what waits for money."""

from datetime import datetime
from uuid import UUID, uuid5

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.chassis.database import work_item
from services.voucher.domain.direct_payment import DirectPayment
from services.voucher.domain.ledger import Source, SourceKind
from services.voucher.storage.work import open_work

COMMITMENT_AWAITS_FUNDS = "commitment-awaits-funds"
CAPITATION_AWAITS_FUNDS = "capitation-awaits-funds"
CARRY_OVER_AWAITS_FUNDS = "carry-over-awaits-funds"
LINE_OVERBOUND = "budget-line-overbound"
NOUNS = {SourceKind.VOUCHER: "vouchers", SourceKind.COMMITMENT: "commitments", SourceKind.ENROLMENT: "enrolments"}


def open_waiting(session: Session, commitment_id: UUID, *, reason: str, now: datetime) -> None:
    """Ask county finance for money for the commitment; asked before, nothing changes."""
    key = uuid5(commitment_id, COMMITMENT_AWAITS_FUNDS)
    subject = f"commitments/{commitment_id}"
    open_work(session, work_id=key, kind=COMMITMENT_AWAITS_FUNDS, subject=subject, reason=reason, now=now)


def finish_waiting(session: Session, commitment_id: UUID, *, now: datetime) -> None:
    """The commitment waits no longer; nothing happens when it never did."""
    _finish(session, uuid5(commitment_id, COMMITMENT_AWAITS_FUNDS), now)


def open_capitation(session: Session, payment: DirectPayment, *, reason: str, now: datetime) -> None:
    """Ask county finance for money for a provider's capitation of a month."""
    subject = f"providers/{payment.provider_id}"
    open_work(session, work_id=payment.id, kind=CAPITATION_AWAITS_FUNDS, subject=subject, reason=reason, now=now)


def finish_capitation(session: Session, payment: DirectPayment, *, now: datetime) -> None:
    """It is paid; nothing happens when it never waited."""
    _finish(session, payment.id, now)


def open_carrying(session: Session, source: Source, line_id: UUID, *, reason: str, now: datetime) -> None:
    """What the source holds on a closed year does not fit in the next one; opened again when it was tried again."""
    subject = f"{NOUNS[source.kind]}/{source.id}"
    insertion = insert(work_item).values(
        id=uuid5(source.id, f"{CARRY_OVER_AWAITS_FUNDS}/{line_id}"),
        kind=CARRY_OVER_AWAITS_FUNDS,
        subject=subject,
        reason=reason,
        created_at=now,
    )
    session.execute(insertion.on_conflict_do_update(index_elements=["id"], set_={"done_at": None}))


def try_carrying_again(session: Session, *, now: datetime) -> None:
    """A line was given more: nobody waits, the timer tries again."""
    waiting = (work_item.c.kind == CARRY_OVER_AWAITS_FUNDS, work_item.c.done_at.is_(None))
    session.execute(update(work_item).where(*waiting).values(done_at=now))


def open_overbound(session: Session, source: Source, line_id: UUID, *, now: datetime) -> None:
    """The council gave the line less than is bound on it, and this was bound last."""
    key = uuid5(source.id, f"{LINE_OVERBOUND}/{line_id}")
    subject = f"{NOUNS[source.kind]}/{source.id}"
    open_work(session, work_id=key, kind=LINE_OVERBOUND, subject=subject, reason="BUDGET_EXHAUSTED", now=now)


def _finish(session: Session, work_id: UUID, now: datetime) -> None:
    open_item = (work_item.c.id == work_id, work_item.c.done_at.is_(None))
    session.execute(update(work_item).where(*open_item).values(done_at=now))
