"""Questions about budgets, the ledger, a client's finance and commitments."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.chassis.columns import TableQuery, TableRow
from services.chassis.pages import by_creation, page_of
from services.chassis.values import id_of
from services.chassis.words import name_of
from services.voucher.domain.purse.budget import BudgetNotFound
from services.voucher.storage.purse import budget as rows
from services.voucher.storage.purse.client_finance import entries_query, entry_row, finance_of
from services.voucher.wire.purse import budget as wire
from sote.voucher.v1 import budget_pb2, finance_section_pb2
from sote.voucher.v1 import budget_service_pb2 as pb


def get_budget(session: Session, budget_id: UUID) -> budget_pb2.Budget:
    """One budget with its lines; refuses with BudgetNotFound."""
    found = rows.load_budget(session, budget_id)
    if found is None:
        raise BudgetNotFound("there is no such budget")
    return wire.budget(found)


def list_budgets(session: Session, request: pb.ListBudgetsRequest) -> pb.ListBudgetsResponse:
    """A page of budgets, in the order they were planned."""
    table = rows.budgets
    query: TableQuery = select(table)
    if request.fiscal_year:
        query = query.where(table.c.fiscal_year == request.fiscal_year)
    page = page_of(request)
    found = session.execute(page.select(query, table.c.created_at, table.c.id)).all()
    shown, token = page.cut(found, by_creation)
    budgets = rows.budgets_from(session, shown)
    return pb.ListBudgetsResponse(budgets=map(wire.budget, budgets), next_page_token=token)


def list_ledger_entries(session: Session, request: pb.ListLedgerEntriesRequest) -> pb.ListLedgerEntriesResponse:
    """A page of entries in the order they were written."""
    table = rows.entries
    query = entries_query()
    if request.fiscal_year:
        query = query.where(rows.budgets.c.fiscal_year == request.fiscal_year)
    if request.line_code:
        query = query.where(rows.lines.c.code == request.line_code)
    if request.source:
        kind = name_of(budget_pb2.LedgerSource, request.source)
        query = query.where(table.c.source_type == kind)
    if request.source_id:
        query = query.where(table.c.source_id == id_of(request.source_id))
    if request.client_id:
        query = query.where(table.c.client_id == id_of(request.client_id))
    if request.provider_id:
        query = query.where(table.c.provider_id == id_of(request.provider_id))
    page = page_of(request)
    found = session.execute(page.select(query, table.c.recorded_at, table.c.id)).all()
    shown, token = page.cut(found, _recorded)
    return pb.ListLedgerEntriesResponse(entries=[wire.entry(entry_row(row)) for row in shown], next_page_token=token)


def get_client_finance(session: Session, client_id: UUID) -> finance_section_pb2.FinanceSection:
    """What is bound and spent for the client; zeros when the ledger does not know it."""
    return wire.finance(client_id, finance_of(session, client_id))


def _recorded(row: TableRow) -> tuple[datetime, UUID]:
    return row.recorded_at, row.id
