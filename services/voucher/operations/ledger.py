"""Postings: how the other operations bind, free and spend money of the county's budget (domain 3.10).

Lock order, the same everywhere: first the rows of what acts (voucher, commitment, enrolment, batch), then these
postings, which lock budget lines by id and then the balances of sources.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.voucher.domain.ledger import Balance, BudgetExhausted, PostingRefused, Source, SourceKind

__all__ = [
    "Balance",
    "BudgetExhausted",
    "PostingRefused",
    "Source",
    "SourceKind",
    "balance_of",
    "commit",
    "move_reservation",
    "release",
    "reserve",
    "spend",
    "uncommit",
]


def reserve(
    session: Session,
    *,
    source: Source,
    client_id: UUID,
    service_code: str,
    amount_cents: int,
    service_date: date,
    now: datetime,
) -> None:
    """Bind money for the source: available -> reserved, on the line of the service in the year of `service_date`.

    Refuses with BudgetExhausted when the line has less, or the year has no approved budget for the service (A5).
    """
    raise NotImplementedError


def move_reservation(
    session: Session,
    *,
    origin: Source,
    source: Source,
    client_id: UUID,
    service_code: str,
    amount_cents: int,
    service_date: date,
    now: datetime,
) -> None:
    """Move a reservation out of `origin` (an envelope) into `source`: RELEASE there, RESERVE here (B5).

    Both lines stay locked from before the RELEASE until the commit, so nobody can take the money in between.
    Refuses with PostingRefused when `origin` holds less, BudgetExhausted when the line of the service lacks the rest.
    """
    raise NotImplementedError


def commit(session: Session, *, source: Source, amount_cents: int, now: datetime) -> None:
    """Make reserved money of the source owed: reserved -> committed. Refuses with PostingRefused beyond it."""
    raise NotImplementedError


def uncommit(session: Session, *, source: Source, amount_cents: int, now: datetime) -> None:
    """Take back a promise to a provider: committed -> reserved. Refuses with PostingRefused beyond it."""
    raise NotImplementedError


def release(session: Session, *, source: Source, amount_cents: int | None = None, now: datetime) -> int:
    """Give money back to available, reserved first, then committed; all the source holds when no amount is told.

    Gives the cents released (0 when there was nothing). Refuses with PostingRefused beyond what the source holds.
    """
    raise NotImplementedError


def spend(session: Session, *, source: Source, amount_cents: int, now: datetime) -> None:
    """Book a payment: committed -> spent. Refuses with PostingRefused beyond the commitment (INV-08)."""
    raise NotImplementedError


def balance_of(session: Session, source: Source) -> Balance:
    """What the source holds now, over all lines and years; zero for one the ledger does not know."""
    raise NotImplementedError
