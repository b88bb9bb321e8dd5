"""Work items of county finance: what waits for money."""

from datetime import datetime
from uuid import UUID, uuid5

from sqlalchemy.orm import Session

from services.chassis.database import work_item
from services.chassis.work import finish_all, reopen_work
from services.voucher.domain.purse.ledger import Source, SourceKind

CARRY_OVER_AWAITS_FUNDS = "carry-over-awaits-funds"
LINE_OVERBOUND = "budget-line-overbound"
NOUNS = {SourceKind.VOUCHER: "vouchers", SourceKind.COMMITMENT: "commitments", SourceKind.ENROLMENT: "enrolments"}


def open_carrying(session: Session, source: Source, line_id: UUID, *, reason: str, now: datetime) -> None:
    """What the source holds on a closed year does not fit in the next one; opened again when it was tried again."""
    key = uuid5(source.id, f"{CARRY_OVER_AWAITS_FUNDS}/{line_id}")
    subject = f"{NOUNS[source.kind]}/{source.id}"
    reopen_work(session, work_id=key, kind=CARRY_OVER_AWAITS_FUNDS, subject=subject, reason=reason, now=now)


def try_carrying_again(session: Session, *, now: datetime) -> None:
    """A line was given more: nobody waits, the timer tries again."""
    finish_all(session, work_item.c.kind == CARRY_OVER_AWAITS_FUNDS, now=now)


def open_overbound(session: Session, source: Source, line_id: UUID, *, now: datetime) -> None:
    """The council gave the line less than is bound on it, and this was bound last."""
    key = uuid5(source.id, f"{LINE_OVERBOUND}/{line_id}")
    subject = f"{NOUNS[source.kind]}/{source.id}"
    reopen_work(session, work_id=key, kind=LINE_OVERBOUND, subject=subject, reason="BUDGET_EXHAUSTED", now=now)
