"""The council approves a budget: each line is appropriated with what the plan gives it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.etags import check_etag
from services.voucher.domain.budget import Budget, BudgetNotFound
from services.voucher.operations.ledger import post_appropriation
from services.voucher.storage import budget as budgets


def approve_budget(session: Session, *, budget_id: UUID, etag: str, now: datetime) -> Budget:
    """PLANNED -> APPROVED with one APPROPRIATE for each line; the decision's id is the budget's own.

    Refuses with BudgetNotFound, VersionConflict, or IllegalTransition when it is not PLANNED.
    """
    budget = budgets.load_budget(session, budget_id, lock=True)
    if budget is None:
        raise BudgetNotFound("there is no such budget")
    check_etag(etag, budget.version)
    budget.step("approve", now)
    budgets.save_budget(session, budget)
    for line in sorted(budget.lines, key=lambda one: one.id):
        if line.planned:
            post_appropriation(session, line_id=line.id, decision_id=budget.id, amount_cents=line.planned, now=now)
    return budgets.load_budget(session, budget_id) or budget
