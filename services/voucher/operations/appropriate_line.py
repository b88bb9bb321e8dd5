"""The council gives a line of an approved budget more."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.etags import check_etag
from services.voucher.domain.budget import Budget, BudgetNotFound
from services.voucher.operations.ledger import post_appropriation
from services.voucher.storage import budget as budgets


def appropriate_line(
    session: Session, *, budget_id: UUID, line_code: str, amount_cents: int, etag: str, now: datetime, new_id: UUID
) -> Budget:
    """Add to a line's appropriation; `new_id` names the decision.

    Refuses with BudgetNotFound (budget or line), VersionConflict, PostingRefused (amount), or IllegalTransition when
    the budget is not APPROVED.
    """
    budget = budgets.load_budget(session, budget_id, lock=True)
    if budget is None:
        raise BudgetNotFound("there is no such budget")
    check_etag(etag, budget.version)
    line = budget.line(line_code)
    budget.step("appropriate", now)
    budgets.save_budget(session, budget)
    post_appropriation(session, line_id=line.id, decision_id=new_id, amount_cents=amount_cents, now=now)
    return budgets.load_budget(session, budget_id) or budget
