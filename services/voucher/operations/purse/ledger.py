"""Postings: how the other operations bind, free and spend money of the county's budget (BUDGET-1).

Lock order, the same everywhere: copies of the neighbours' facts that the act rests on (client, decisions, plan, then
provider), the rows of what acts (enrolment, batch, vouchers by id, commitments), then these postings, which lock budget
lines by id and then the balances of sources. An operation that posts on several sources
locks all their lines first with `lock_for`.

What spans fiscal years is bound on the line of each year (`years`: fiscal year -> cents). Promises are kept for the
earliest year first, and taken back from the latest; a payment is charged to the year of its day of service.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.voucher.domain.purse.entries import HeldFor
from services.voucher.domain.purse.ledger import (
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
from services.voucher.operations.purse.posting import (
    in_order,
    locked_holdings,
    move_parts,
    must_have,
    post_entry,
    release_parts,
)
from services.voucher.storage.neighbours.provider import find_catalogue
from services.voucher.storage.purse import ledger as books
from services.voucher.storage.purse import lines as rows

__all__ = [
    "Balance",
    "BudgetExhausted",
    "PostingRefused",
    "Source",
    "SourceKind",
    "balance_of",
    "commit",
    "cover",
    "line_of",
    "lock_for",
    "move_reservation",
    "release",
    "reserve",
    "reserve_anew",
    "reserve_parts",
    "reserve_years",
    "reverse_spend",
    "spend",
    "uncommit",
]
_RESERVE = (Account.AVAILABLE, Account.RESERVED)
_COMMIT = (Account.RESERVED, Account.COMMITTED)
_UNCOMMIT = (Account.COMMITTED, Account.RESERVED)


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

    Refuses with BudgetExhausted when the line has less, or the year has no budget for the service (PROCESS-A5).
    """
    years = {service_date.year: positive(amount_cents)}
    reserve_years(session, source=source, client_id=client_id, service_code=service_code, years=years, now=now)


def reserve_years(
    session: Session, *, source: Source, client_id: UUID, service_code: str, years: Mapping[int, int], now: datetime
) -> None:
    """Bind money for the source in each of the years, all or nothing; refuses as `reserve` does."""
    parts = _lines_in(session, service_code, years)
    reserve_parts(session, source=source, client_id=client_id, service_code=service_code, parts=parts, now=now)


def reserve_parts(
    session: Session, *, source: Source, client_id: UUID, service_code: str, parts: Mapping[UUID, int], now: datetime
) -> None:
    """Bind money for the source on several lines (line -> cents), all or nothing.

    Refuses with BudgetExhausted when one of the lines has less.
    """
    locked = rows.lock_lines(session, parts)
    for line_id, cents in parts.items():
        must_have(session, locked[line_id], service_code, cents)
    held = HeldFor(client_id, service_code)
    for line_id, cents in parts.items():
        post_entry(session, locked[line_id], source, Op.RESERVE, _RESERVE, cents, held, now)


def reserve_anew(
    session: Session, *, source: Source, client_id: UUID, service_code: str, years: Mapping[int, int], now: datetime
) -> None:
    """What the source has reserved becomes exactly `years`: RELEASE where it is more, then RESERVE where it is less.

    Refuses with BudgetExhausted when a line lacks the difference.
    """
    wanted = _lines_in(session, service_code, years)
    locked = rows.lock_lines(session, [*wanted, *books.lines_of(session, source)])
    reserved = {holding.line_id: holding.reserved for holding in books.holdings_of(session, source)}
    surplus = [
        Taking(line_id, Account.RESERVED, cents - wanted.get(line_id, 0))
        for line_id, cents in reserved.items()
        if cents > wanted.get(line_id, 0)
    ]
    release_parts(session, locked, source, surplus, now)
    missing = {line_id: cents - reserved.get(line_id, 0) for line_id, cents in wanted.items()}
    parts = {line_id: cents for line_id, cents in missing.items() if cents > 0}
    reserve_parts(session, source=source, client_id=client_id, service_code=service_code, parts=parts, now=now)


def move_reservation(
    session: Session,
    *,
    origin: Source,
    source: Source,
    client_id: UUID,
    service_code: str,
    years: Mapping[int, int],
    now: datetime,
) -> None:
    """Move a reservation out of `origin` (an envelope) into `source`, year by year: RELEASE there, RESERVE here
    (PROCESS-B5).

    All lines stay locked from before the RELEASE until the commit, so nobody can take the money in between.
    Refuses with BudgetExhausted when `origin` holds less, or a line of the service lacks the rest.
    """
    wanted = _lines_in(session, service_code, years)
    locked = rows.lock_lines(session, [*wanted, *books.lines_of(session, origin)])
    for line_id, cents in wanted.items():
        holdings = sorted(books.holdings_of(session, origin), key=lambda holding: holding.line_id != line_id)
        if sum(holding.reserved for holding in holdings) < cents:
            raise BudgetExhausted("the envelope does not hold that much any more")
        release_parts(session, locked, origin, take(holdings, [Account.RESERVED], cents), now)
    reserve_parts(session, source=source, client_id=client_id, service_code=service_code, parts=wanted, now=now)


def commit(session: Session, *, source: Source, amount_cents: int, now: datetime) -> None:
    """Make reserved money of the source owed: reserved -> committed. Refuses with PostingRefused beyond it."""
    locked, holdings = locked_holdings(session, source)
    move_parts(session, locked, source, Op.COMMIT, _COMMIT, take(holdings, [Account.RESERVED], amount_cents), now)


def uncommit(
    session: Session, *, source: Source, amount_cents: int, keep: Mapping[int, int] | None = None, now: datetime
) -> None:
    """Take back a promise to a provider: committed -> reserved, but what `keep` names for claims not paid in a year.

    Refuses with PostingRefused beyond what is committed.
    """
    locked, holdings = locked_holdings(session, source)
    owed = keep or {}
    free = [holding.beyond(owed.get(locked[holding.line_id].fiscal_year, 0)) for holding in holdings[::-1]]
    takings = take(free, [Account.COMMITTED], amount_cents)
    move_parts(session, locked, source, Op.UNCOMMIT, _UNCOMMIT, takings, now)


def release(
    session: Session,
    *,
    source: Source,
    amount_cents: int | None = None,
    of: Sequence[Account] = (Account.RESERVED, Account.COMMITTED),
    keep: Mapping[int, int] | None = None,
    year: int | None = None,
    now: datetime,
) -> int:
    """Give money back to available, out of the accounts told in turn; all the source holds when no amount is told.

    `keep` is what has to stay committed in a year for claims not paid; `year` goes before the latest ones. Gives the
    cents released (0 when there was nothing). Refuses with PostingRefused beyond what the source holds.
    """
    locked, holdings = locked_holdings(session, source)
    owed = keep or {}
    free = [holding.beyond(owed.get(locked[holding.line_id].fiscal_year, 0)) for holding in holdings[::-1]]
    free.sort(key=lambda holding: locked[holding.line_id].fiscal_year != year)
    cents = amount_cents if amount_cents is not None else sum(holding.on(account) for holding in free for account in of)
    if cents:
        release_parts(session, locked, source, take(free, of, cents), now)
    return cents


def spend(
    session: Session, *, source: Source, amount_cents: int, service_date: date, provider_id: UUID, now: datetime
) -> None:
    """Book a payment to the provider: committed -> spent, in the year of the day of service.

    Refuses with PostingRefused beyond the commitment (INV-08), BudgetExhausted as `cover` does.
    """
    here = cover(session, source=source, amount_cents=amount_cents, service_date=service_date, now=now)
    locked, holdings = locked_holdings(session, source)
    takings = take([holding for holding in holdings if holding.line_id in here], [Account.COMMITTED], amount_cents)
    accounts = (Account.COMMITTED, Account.SPENT)
    move_parts(session, locked, source, Op.SPEND, accounts, takings, now, provider_id=provider_id)


def reverse_spend(
    session: Session,
    *,
    source: Source,
    amount_cents: int,
    to: Account,
    service_date: date,
    provider_id: UUID | None,
    now: datetime,
) -> None:
    """Take a payment of that day of service back: spent -> committed, or -> available (`to`) once the source is closed.

    Refuses with PostingRefused beyond what was spent.
    """
    locked, holdings = locked_holdings(session, source)
    nearest = sorted(holdings, key=lambda holding: locked[holding.line_id].fiscal_year != service_date.year)
    takings = take(nearest, [Account.SPENT], amount_cents)
    accounts = (Account.SPENT, to)
    move_parts(session, locked, source, Op.REVERSE_SPEND, accounts, takings, now, provider_id=provider_id)


def cover(session: Session, *, source: Source, amount_cents: int, service_date: date, now: datetime) -> frozenset[UUID]:
    """Have at least so much committed in the year of the day of service; gives the lines that pay it.

    More was used in the year than planned: the source's promise of other years, the latest first, moves here. What was
    left open on a closed year is used first, the rest falls on the year after it. Refuses with PostingRefused beyond
    what the source holds, BudgetExhausted when this year's line lacks the difference.
    """
    needed = positive(amount_cents)
    planned = books.committed_in(session, source, service_date.year)
    if sum(planned.values()) >= needed:
        return frozenset(planned)
    known = books.held_for(session, source)
    if not known:
        raise PostingRefused("the source holds nothing")
    held = next(iter(known.values()))
    paying = line_of(session, service_code=held.service_code, service_date=service_date)
    locked = rows.lock_lines(session, [paying, *known])
    year = service_date.year
    here = frozenset(line_id for line_id, line in locked.items() if line.fiscal_year == year or line_id == paying)
    holdings = in_order(locked, books.holdings_of(session, source))
    missing = needed - sum(holding.committed for holding in holdings if holding.line_id in here)
    if missing > 0:
        others = [holding for holding in holdings[::-1] if holding.line_id not in here]
        release_parts(session, locked, source, take(others, [Account.COMMITTED], missing), now)
        must_have(session, locked[paying], held.service_code, missing)
        post_entry(session, locked[paying], source, Op.RESERVE, _RESERVE, missing, held, now)
        post_entry(session, locked[paying], source, Op.COMMIT, _COMMIT, missing, held, now)
    return here


def balance_of(session: Session, source: Source) -> Balance:
    """What the source holds now, over all lines and years; zero for one the ledger does not know."""
    return books.balance_of(session, source)


def line_of(session: Session, *, service_code: str, service_date: date) -> UUID:
    """The line the service posts to in the fiscal year of the day; after that is closed, in the next open year.

    Refuses with BudgetExhausted when there is none.
    """
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


def _lines_in(session: Session, service_code: str, years: Mapping[int, int]) -> dict[UUID, int]:
    """The cents by line instead of by year; two years may have one line once the first is closed."""
    parts: dict[UUID, int] = {}
    for year, cents in sorted(years.items()):
        if cents:
            line_id = line_of(session, service_code=service_code, service_date=date(year, 1, 1))
            parts[line_id] = parts.get(line_id, 0) + positive(cents)
    return parts
