"""Reading the ledger for people: entries by page, and what is bound and spent for a client."""

from uuid import UUID

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from services.chassis.columns import TableQuery, TableRow
from services.voucher.domain.purse.entries import EntryRow, FinanceRow, Sums
from services.voucher.domain.purse.ledger import Op, Source, SourceKind
from services.voucher.storage.purse.budget import budgets, entries, lines, sources

_SUMMED = (Op.RESERVE, Op.COMMIT, Op.UNCOMMIT, Op.RELEASE, Op.SPEND, Op.REVERSE_SPEND, Op.DIRECT_SPEND)
"""In the order of the fields of Sums."""


def entries_query() -> TableQuery:
    """Every entry with the code and year of its line; to be narrowed, ordered and cut by the caller."""
    return (
        select(entries, lines.c.code.label("line_code"), budgets.c.fiscal_year)
        .join(lines, lines.c.id == entries.c.line_id)
        .join(budgets, budgets.c.id == lines.c.budget_id)
    )


def entry_row(row: TableRow) -> EntryRow:
    """What `entries_query` found, by name."""
    found = row._mapping
    return EntryRow(
        id=found["id"],
        posted_at=found["posted_at"],
        recorded_at=found["recorded_at"],
        fiscal_year=found["fiscal_year"],
        line_code=found["line_code"],
        op=found["op"],
        credit=found["credit"],
        debit=found["debit"],
        cents=found["amount"],
        source=Source(SourceKind(found["source_type"]), found["source_id"]),
        seq=found["seq"],
        line_number=found["line_number"],
        client_id=found["client_id"],
        service_code=found["service_code"] or "",
        provider_id=found["provider_id"],
        correlation_id=found["correlation_id"],
    )


def finance_of(session: Session, client_id: UUID) -> list[FinanceRow]:
    """What is bound and spent for the client, by source and line, the oldest source first."""
    group = (entries.c.source_type, entries.c.source_id, entries.c.line_id)
    query = (
        select(
            *group,
            func.max(entries.c.service_code).label("service_code"),
            lines.c.code,
            budgets.c.fiscal_year,
            lines.c.conditional,
            *(_sum(op).label(op.value.lower()) for op in _SUMMED),
            sources.c.reserved.label("open_reserved"),
            sources.c.committed.label("open_committed"),
        )
        .join(lines, lines.c.id == entries.c.line_id)
        .join(budgets, budgets.c.id == lines.c.budget_id)
        .join(
            sources,
            (sources.c.source_type == entries.c.source_type)
            & (sources.c.source_id == entries.c.source_id)
            & (sources.c.line_id == entries.c.line_id),
        )
        .where(entries.c.client_id == client_id)
        .group_by(
            *group,
            lines.c.code,
            lines.c.conditional,
            budgets.c.fiscal_year,
            sources.c.reserved,
            sources.c.committed,
        )
        .order_by(func.min(entries.c.recorded_at), entries.c.source_id, lines.c.code)
    )
    return [_finance_row(row) for row in session.execute(query)]


def _finance_row(row: TableRow) -> FinanceRow:
    return FinanceRow(
        source=Source(SourceKind(row.source_type), row.source_id),
        service_code=row.service_code,
        fiscal_year=row.fiscal_year,
        line_code=row.code,
        sums=Sums(*(int(getattr(row, op.value.lower())) for op in _SUMMED)),
        open_reserved=row.open_reserved,
        open_committed=row.open_committed,
        conditional=row.conditional,
    )


def _sum(op: Op) -> ColumnElement[int]:
    """Sum of the amounts of one operation."""
    return func.coalesce(func.sum(case((entries.c.op == op.value, entries.c.amount), else_=0)), 0)
