"""Writing one entry of the ledger and telling it as a fact of its line; the verbs of money are built on it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.context import current_cause
from services.chassis.outbox import announce
from services.voucher.domain.purse.entries import Entry, HeldFor, LineRow
from services.voucher.domain.purse.ledger import (
    Account,
    BudgetExhausted,
    Holding,
    Op,
    Source,
    SourceKind,
    Taking,
    positive,
)
from services.voucher.storage.neighbours.provider import find_catalogue
from services.voucher.storage.purse import ledger as books
from services.voucher.storage.purse import lines as rows
from services.voucher.wire.purse.budget import posting_fact


def post_entry(
    session: Session,
    line: LineRow,
    source: Source,
    op: Op,
    accounts: tuple[Account, Account],
    cents: int,
    held: HeldFor | None,
    now: datetime,
    *,
    provider_id: UUID | None = None,
) -> None:
    """Write one entry on a locked line and announce it; `accounts` are the one that gives and the one that receives.

    `provider_id` is who is paid, or from whom a payment is taken back.
    """
    entry = Entry(
        line_id=line.id,
        source=source,
        op=op,
        credit=accounts[0],
        debit=accounts[1],
        cents=cents,
        client_id=held.client_id if held else None,
        service_code=held.service_code if held else None,
        provider_id=provider_id,
        correlation_id=current_cause().correlation_id,
        posted_at=now,
    )
    posted = books.post(session, entry)
    fact = posting_fact(entry, posted, line)
    announce(session, fact, aggregate="budgetLines", aggregate_id=line.id, version=posted.line_number)


def post_decision(
    session: Session,
    *,
    line_id: UUID,
    decision_id: UUID,
    op: Op,
    accounts: tuple[Account, Account],
    amount_cents: int,
    now: datetime,
) -> None:
    """Post what the council or county finance decided about a line.

    Refuses with BudgetExhausted to take back more than is available, PostingRefused an amount not above zero.
    """
    line = rows.lock_lines(session, [line_id])[line_id]
    if accounts[0] is Account.AVAILABLE and positive(amount_cents) > line.available:
        raise BudgetExhausted(f"line {line.code} of {line.fiscal_year} has not that much available")
    decision = Source(SourceKind.COUNCIL, decision_id)
    post_entry(session, line, decision, op, accounts, positive(amount_cents), None, now)


def must_have(session: Session, line: LineRow, service_code: str, cents: int) -> None:
    """Refuse with BudgetExhausted when the line has not that much for the service (INV-10, DESIGN-8)."""
    if cents <= line.room(statutory=False):
        return
    entry = find_catalogue(session, service_code)
    if cents > line.room(statutory=entry is not None and entry.statutory_right):
        raise BudgetExhausted(f"line {line.code} of {line.fiscal_year} has not that much available")


def locked_holdings(session: Session, source: Source) -> tuple[dict[UUID, LineRow], list[Holding]]:
    """The source's lines, locked, and what it holds on them, the earliest year first."""
    locked = rows.lock_lines(session, books.lines_of(session, source))
    return locked, in_order(locked, books.holdings_of(session, source))


def in_order(locked: Mapping[UUID, LineRow], holdings: Iterable[Holding]) -> list[Holding]:
    """The holdings, the earliest year first."""
    return sorted(holdings, key=lambda holding: (locked[holding.line_id].fiscal_year, holding.line_id))


def move_parts(
    session: Session,
    locked: Mapping[UUID, LineRow],
    source: Source,
    op: Op,
    accounts: tuple[Account, Account],
    takings: Sequence[Taking],
    now: datetime,
    *,
    provider_id: UUID | None = None,
) -> None:
    """Post each part on its own line."""
    held = books.held_for(session, source)
    for part in takings:
        line, whom = locked[part.line_id], held[part.line_id]
        post_entry(session, line, source, op, accounts, part.cents, whom, now, provider_id=provider_id)


def release_parts(
    session: Session, locked: Mapping[UUID, LineRow], source: Source, takings: Sequence[Taking], now: datetime
) -> None:
    """RELEASE each part from its own account and line."""
    for part in takings:
        move_parts(session, locked, source, Op.RELEASE, (part.account, Account.AVAILABLE), [part], now)
