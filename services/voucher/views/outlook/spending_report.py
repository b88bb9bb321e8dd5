"""Questions that steer: where the lines of a budget go, and what is bound and spent for what (REPORT-1)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.voucher.domain.outlook.forecast import BURN_MONTHS, HISTORY_MONTHS, Outlook, months_before
from services.voucher.domain.purse.budget import Budget, BudgetNotFound, BudgetState
from services.voucher.storage.outlook import spending_report as reports
from services.voucher.storage.purse.budget import budgets, budgets_from, load_budget
from services.voucher.wire.outlook import spending_report as wire
from sote.voucher.v1 import budget_report_pb2
from sote.voucher.v1 import budget_report_service_pb2 as pb


def forecast_budget(
    session: Session, *, budget_id: UUID, burn_months: int, now: datetime
) -> budget_report_pb2.BudgetForecast:
    """The outlook of each line; refuses with BudgetNotFound."""
    budget = _found(session, budget_id)
    outlooks = _outlooks(session, [budget], burn_months or BURN_MONTHS, now)
    return wire.forecast(budget.fiscal_year, outlooks, helsinki_date(now))


def open_outlooks(session: Session, now: datetime) -> list[Outlook]:
    """The outlook of every line of a budget that is not closed, for gauges."""
    rows = session.execute(select(budgets).where(budgets.c.state != BudgetState.CLOSED.value)).all()
    return _outlooks(session, budgets_from(session, rows), BURN_MONTHS, now)


def list_spending(session: Session, *, budget_id: UUID, dimensions: list[str]) -> pb.ListSpendingResponse:
    """What the budget has bound and spent, in groups; refuses with BudgetNotFound."""
    _found(session, budget_id)
    return wire.spending(reports.spending(session, budget_id, dimensions))


def _outlooks(session: Session, found: list[Budget], burn_months: int, now: datetime) -> list[Outlook]:
    today = helsinki_date(now)
    back = today - months_before(today, burn_months)
    year = today - months_before(today, HISTORY_MONTHS)
    histories = reports.histories(session, since=now - year)
    burned = reports.burned(session, since=now - back)
    nothing = reports.History(0, 0)
    return [
        Outlook(
            line_code=line.code,
            fiscal_year=budget.fiscal_year,
            balance=line.balance,
            redeemed=histories.get(line.code, nothing).redeemed,
            issued=histories.get(line.code, nothing).issued,
            burned=burned.get(line.id, 0),
            days=back.days,
        )
        for budget in found
        for line in budget.lines
    ]


def _found(session: Session, budget_id: UUID) -> Budget:
    budget = load_budget(session, budget_id)
    if budget is None:
        raise BudgetNotFound("there is no such budget")
    return budget
