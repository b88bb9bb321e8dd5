"""The year is over: nothing new is bound on its budget (BUDGET-14)."""

from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.outbox import announce
from services.voucher.domain.purse.budget import Budget, NextBudgetMissing, check_year_over
from services.voucher.operations.purse.budget import load_budget
from services.voucher.storage.purse import budget as budgets
from services.voucher.wire.purse.budget import BUDGETS, budget_closed


def close_budget(
    session: Session, *, budget_id: UUID, etag: str, claim_window: timedelta, today: date, now: datetime
) -> Budget:
    """APPROVED -> CLOSED; the timer carries over what is not owed for the year's days of service.

    Refuses with BudgetNotFound, VersionConflict, IllegalTransition when it is not APPROVED, YearNotOver before the
    time to claim for its last day is over, NextBudgetMissing without a budget of the year after.
    """
    budget = load_budget(session, budget_id, etag)
    budget.step("close", now)
    check_year_over(budget.fiscal_year, claim_window, today)
    if budgets.budget_of_year(session, budget.county, budget.fiscal_year + 1) is None:
        raise NextBudgetMissing("no budget of the next year is planned")
    budgets.save_budget(session, budget)
    announce(session, budget_closed(budget), aggregate=BUDGETS, aggregate_id=budget.id, version=budget.version)
    return budget
