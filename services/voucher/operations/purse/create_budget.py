"""Plan the county's budget of a fiscal year."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.identity import Caller
from services.voucher.domain.purse.budget import Budget, BudgetExists, BudgetState, Line, check_lines
from services.voucher.storage.purse import budget as budgets


def create_budget(
    session: Session, *, fiscal_year: int, lines: Sequence[Line], caller: Caller, now: datetime, new_id: UUID
) -> Budget:
    """Plan a budget with its lines; nothing can be bound on it before it is approved.

    Refuses with BudgetExists a second one for the year (S1.41), BudgetLinesOverlap lines that claim the same.
    """
    check_lines(lines)
    if budgets.budget_of_year(session, caller.county, fiscal_year):
        raise BudgetExists("the county has a budget of that year")
    budget = Budget(
        id=new_id,
        county=caller.county,
        fiscal_year=fiscal_year,
        state=BudgetState.PLANNED,
        created_by=caller.subject,
        created_at=now,
        updated_at=now,
        version=1,
        lines=sorted(lines, key=lambda line: line.code),
    )
    budgets.add_budget(session, budget)
    return budget
