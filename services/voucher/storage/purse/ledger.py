"""Writing entries to the ledger and reading what a source holds; the balances are the database's own work."""

from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import ColumnElement, collate, func, insert, select
from sqlalchemy.orm import Session

from services.voucher.domain.purse.entries import Entry, HeldFor, Posted
from services.voucher.domain.purse.ledger import Account, Balance, Holding, LineBalance, Move, Op, Source, SourceKind
from services.voucher.domain.purse.proof import Stored
from services.voucher.storage.purse.budget import balance_in, budgets, entries, lines, sources


def post(session: Session, entry: Entry) -> Posted:
    """Write the entry as the next of its operation and source.

    The database moves the balances in the same statement and refuses (IntegrityError) what would take any below zero.
    """
    earlier = (
        entries.c.source_type == entry.source.kind.value,
        entries.c.source_id == entry.source.id,
        entries.c.op == entry.op.value,
    )
    number = select(func.coalesce(func.max(entries.c.seq), 0) + 1).where(*earlier).scalar_subquery()
    insertion = insert(entries).values(
        line_id=entry.line_id,
        line_number=0,
        source_type=entry.source.kind.value,
        source_id=entry.source.id,
        op=entry.op.value,
        seq=number,
        credit=entry.credit.value,
        debit=entry.debit.value,
        amount=entry.cents,
        client_id=entry.client_id,
        service_code=entry.service_code,
        provider_id=entry.provider_id,
        correlation_id=entry.correlation_id,
        posted_at=entry.posted_at,
    )
    row = session.execute(insertion.returning(entries.c.id, entries.c.line_number)).one()
    return Posted(row.id, row.line_number)


def lines_of(session: Session, source: Source) -> list[UUID]:
    """The lines on which the source ever held money, by id."""
    query = select(sources.c.line_id).where(*_is(source)).order_by(sources.c.line_id)
    return list(session.execute(query).scalars())


def holdings_of(session: Session, source: Source) -> list[Holding]:
    """What the source holds on each line, by line id; read it after locking the lines."""
    query = select(sources).where(*_is(source)).order_by(sources.c.line_id)
    return [Holding(row.line_id, row.reserved, row.committed, row.spent) for row in session.execute(query)]


def committed_in(session: Session, source: Source, fiscal_year: int) -> dict[UUID, int]:
    """What the source has committed on each of its lines of that year."""
    query = (
        select(sources.c.line_id, sources.c.committed)
        .join(lines, lines.c.id == sources.c.line_id)
        .join(budgets, budgets.c.id == lines.c.budget_id)
        .where(*_is(source), budgets.c.fiscal_year == fiscal_year)
    )
    return {row.line_id: row.committed for row in session.execute(query)}


def held_for(session: Session, source: Source) -> dict[UUID, HeldFor]:
    """By line, for whom and what the source holds money."""
    query = select(sources).where(*_is(source))
    return {row.line_id: HeldFor(row.client_id, row.service_code) for row in session.execute(query)}


def balance_of(session: Session, source: Source) -> Balance:
    """What the source holds over all lines."""
    sums = (func.coalesce(func.sum(column), 0) for column in (sources.c.reserved, sources.c.committed, sources.c.spent))
    reserved, committed, spent = session.execute(select(*sums).where(*_is(source))).one()
    return Balance(int(reserved), int(committed), int(spent))


def moves_by_source(session: Session) -> Iterator[Move]:
    """Every entry ever posted, in the order of sources; a thousand rows at a time, never held as a whole."""
    e = entries.c
    kind = collate(e.source_type, "C")
    query = select(kind, e.source_id, e.line_id, e.op, e.credit, e.debit, e.amount, e.provider_id)
    for row in session.execute(query.order_by(kind, e.source_id).execution_options(yield_per=1000)):
        source = Source(SourceKind(row[0]), row[1])
        yield Move(row[2], source, Op(row[3]), Account(row[4]), Account(row[5]), row[6], row[7])


def stored_lines(session: Session) -> dict[UUID, LineBalance]:
    """The balance of every line as stored."""
    return {row.id: balance_in(row) for row in session.execute(select(lines))}


def stored_by_source(session: Session) -> Iterator[Stored]:
    """What every source holds on every line as stored, in the order of sources, a thousand rows at a time."""
    s = sources.c
    query = select(sources).order_by(collate(s.source_type, "C"), s.source_id)
    for row in session.execute(query.execution_options(yield_per=1000)):
        source = Source(SourceKind(row.source_type), row.source_id)
        yield Stored(source, row.line_id, Balance(row.reserved, row.committed, row.spent))


def _is(source: Source) -> tuple[ColumnElement[bool], ...]:
    return (sources.c.source_type == source.kind.value, sources.c.source_id == source.id)


def bound_last(session: Session, line_id: UUID) -> list[tuple[Source, int]]:
    """What holds money on the line, and how much, the last one bound first."""
    s, e = sources.c, entries.c
    last = func.max(e.line_number)
    query = (
        select(s.source_type, s.source_id, s.reserved + s.committed)
        .join(entries, (e.source_type == s.source_type) & (e.source_id == s.source_id) & (e.line_id == s.line_id))
        .where(s.line_id == line_id, s.reserved + s.committed > 0)
        .group_by(s.source_type, s.source_id, s.reserved, s.committed)
        .order_by(last.desc())
    )
    return [(Source(SourceKind(row[0]), row[1]), row[2]) for row in session.execute(query)]
