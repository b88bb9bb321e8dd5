"""Postings: how the other operations bind, free and spend money of the county's budget (domain 3.10).

Lock order, the same everywhere: first the rows of what acts (voucher, commitment, enrolment, batch), then these
postings, which lock budget lines by id and then the balances of sources. An operation that posts on several sources
locks all their lines first with `lock_for`.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.context import current_cause
from services.chassis.outbox import announce
from services.voucher.domain.ledger import (
    Account,
    Balance,
    BudgetExhausted,
    Op,
    PostingRefused,
    Source,
    SourceKind,
    Taking,
    positive,
    take,
)
from services.voucher.domain.postings import Entry, HeldFor, LineRow
from services.voucher.storage import budget as rows
from services.voucher.storage import ledger as books
from services.voucher.storage.copies.provider import find_catalogue
from services.voucher.wire.budget import posting_fact

__all__ = [
    "Balance",
    "BudgetExhausted",
    "PostingRefused",
    "Source",
    "SourceKind",
    "balance_of",
    "commit",
    "line_of",
    "lock_for",
    "move_reservation",
    "post_appropriation",
    "release",
    "reserve",
    "reserve_parts",
    "reverse_spend",
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
    line_id = line_of(session, service_code=service_code, service_date=service_date)
    line = rows.lock_lines(session, [line_id])[line_id]
    if positive(amount_cents) > line.available:
        raise BudgetExhausted(f"line {line.code} of {line.fiscal_year} has not that much available")
    held = HeldFor(client_id, service_code)
    _post(session, line, source, Op.RESERVE, (Account.AVAILABLE, Account.RESERVED), amount_cents, held, now)


def reserve_parts(
    session: Session, *, source: Source, client_id: UUID, service_code: str, parts: Mapping[UUID, int], now: datetime
) -> None:
    """Bind money for the source on several lines (line -> cents), all or nothing.

    Refuses with BudgetExhausted when one of the lines has less.
    """
    locked = rows.lock_lines(session, parts)
    for line_id, cents in parts.items():
        if cents > locked[line_id].available:
            raise BudgetExhausted(f"line {locked[line_id].code} has not that much available")
    held = HeldFor(client_id, service_code)
    for line_id, cents in parts.items():
        _post(session, locked[line_id], source, Op.RESERVE, (Account.AVAILABLE, Account.RESERVED), cents, held, now)


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
    Refuses with BudgetExhausted when `origin` holds less, or the line of the service lacks the rest.
    """
    line_id = line_of(session, service_code=service_code, service_date=service_date)
    locked = rows.lock_lines(session, [line_id, *books.lines_of(session, origin)])
    holdings = sorted(books.holdings_of(session, origin), key=lambda one: one.line_id != line_id)
    if sum(one.reserved for one in holdings) < positive(amount_cents):
        raise BudgetExhausted("the envelope does not hold that much any more")
    takings = take(holdings, [Account.RESERVED], amount_cents)
    back = sum(one.cents for one in takings if one.line_id == line_id)
    if locked[line_id].available + back < amount_cents:
        raise BudgetExhausted(f"line {locked[line_id].code} has not that much available")
    _release(session, locked, origin, takings, now)
    held = HeldFor(client_id, service_code)
    _post(session, locked[line_id], source, Op.RESERVE, (Account.AVAILABLE, Account.RESERVED), amount_cents, held, now)


def commit(session: Session, *, source: Source, amount_cents: int, now: datetime) -> None:
    """Make reserved money of the source owed: reserved -> committed. Refuses with PostingRefused beyond it."""
    _move(session, source, Op.COMMIT, (Account.RESERVED, Account.COMMITTED), amount_cents, now)


def uncommit(session: Session, *, source: Source, amount_cents: int, now: datetime) -> None:
    """Take back a promise to a provider: committed -> reserved. Refuses with PostingRefused beyond it."""
    _move(session, source, Op.UNCOMMIT, (Account.COMMITTED, Account.RESERVED), amount_cents, now)


def release(
    session: Session,
    *,
    source: Source,
    amount_cents: int | None = None,
    of: Sequence[Account] = (Account.RESERVED, Account.COMMITTED),
    now: datetime,
) -> int:
    """Give money back to available, out of the accounts told in turn; all the source holds when no amount is told.

    Gives the cents released (0 when there was nothing). Refuses with PostingRefused beyond what the source holds.
    """
    locked = rows.lock_lines(session, books.lines_of(session, source))
    holdings = books.holdings_of(session, source)
    cents = amount_cents if amount_cents is not None else sum(one.on(account) for one in holdings for account in of)
    if cents == 0:
        return 0
    _release(session, locked, source, take(holdings, of, cents), now)
    return cents


def spend(session: Session, *, source: Source, amount_cents: int, now: datetime) -> None:
    """Book a payment: committed -> spent. Refuses with PostingRefused beyond the commitment (INV-08)."""
    _move(session, source, Op.SPEND, (Account.COMMITTED, Account.SPENT), amount_cents, now)


def reverse_spend(session: Session, *, source: Source, amount_cents: int, to: Account, now: datetime) -> None:
    """Take a payment back: spent -> committed, or -> available (`to`) when the source is closed.

    Refuses with PostingRefused beyond what was spent.
    """
    _move(session, source, Op.REVERSE_SPEND, (Account.SPENT, to), amount_cents, now)


def balance_of(session: Session, source: Source) -> Balance:
    """What the source holds now, over all lines and years; zero for one the ledger does not know."""
    return books.balance_of(session, source)


def line_of(session: Session, *, service_code: str, service_date: date) -> UUID:
    """The line the service posts to in the fiscal year of the day; refuses with BudgetExhausted when there is none."""
    entry = find_catalogue(session, service_code)
    task = entry.task if entry else ""
    line_id = rows.line_for(session, service_code=service_code, task=task, fiscal_year=service_date.year)
    if line_id is None:
        raise BudgetExhausted(f"nothing is appropriated for {service_code} in {service_date.year}")
    return line_id


def lock_for(session: Session, sources: Iterable[Source], line_ids: Iterable[UUID] = ()) -> None:
    """Lock the lines of all these sources, and these lines, at once: before an operation that posts on several."""
    wanted = {line_id for source in sources for line_id in books.lines_of(session, source)}
    rows.lock_lines(session, wanted.union(line_ids))


def post_appropriation(session: Session, *, line_id: UUID, decision_id: UUID, amount_cents: int, now: datetime) -> None:
    """Give a line money by a decision of the council: appropriation -> available."""
    line = rows.lock_lines(session, [line_id])[line_id]
    accounts = (Account.APPROPRIATION, Account.AVAILABLE)
    council = Source(SourceKind.COUNCIL, decision_id)
    _post(session, line, council, Op.APPROPRIATE, accounts, positive(amount_cents), None, now)


def _move(
    session: Session, source: Source, op: Op, accounts: tuple[Account, Account], cents: int, now: datetime
) -> None:
    locked = rows.lock_lines(session, books.lines_of(session, source))
    held = books.held_for(session, source)
    for part in take(books.holdings_of(session, source), [accounts[0]], cents):
        _post(session, locked[part.line_id], source, op, accounts, part.cents, held[part.line_id], now)


def _release(
    session: Session, locked: dict[UUID, LineRow], source: Source, takings: Sequence[Taking], now: datetime
) -> None:
    held = books.held_for(session, source)
    for part in takings:
        accounts = (part.account, Account.AVAILABLE)
        _post(session, locked[part.line_id], source, Op.RELEASE, accounts, part.cents, held[part.line_id], now)


def _post(
    session: Session,
    line: LineRow,
    source: Source,
    op: Op,
    accounts: tuple[Account, Account],
    cents: int,
    held: HeldFor | None,
    now: datetime,
) -> None:
    """Write one entry and announce it as a fact of its line."""
    entry = Entry(
        line_id=line.id,
        source=source,
        op=op,
        credit=accounts[0],
        debit=accounts[1],
        cents=cents,
        client_id=held.client_id if held else None,
        service_code=held.service_code if held else None,
        correlation_id=current_cause().correlation_id,
        posted_at=now,
    )
    posted = books.post(session, entry)
    fact = posting_fact(entry, posted, line)
    announce(session, fact, aggregate="budgetLines", aggregate_id=line.id, version=posted.line_number)
