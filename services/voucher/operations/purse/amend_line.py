"""The council changes what it gave a line: more, or less down to what is available (BUDGET-2)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.voucher.domain.purse.budget import Budget
from services.voucher.domain.purse.ledger import GIVE, TAKE_BACK, Op
from services.voucher.operations.purse.budget import decided, load_budget
from services.voucher.operations.purse.posting import post_decision
from services.voucher.storage.purse import budget as budgets


def amend_line(
    session: Session, *, budget_id: UUID, line_code: str, change_cents: int, etag: str, now: datetime, new_id: UUID
) -> Budget:
    """Change a line's appropriation by `change_cents`, below zero for less; `new_id` names the decision.

    Refuses with BudgetNotFound (budget or line), VersionConflict, PostingRefused (no change), BudgetExhausted beyond
    what is available, or IllegalTransition when the budget is not APPROVED.
    """
    budget = load_budget(session, budget_id, etag)
    line = budget.line(line_code)
    budget.step("amend", now)
    budgets.save_budget(session, budget)
    post_decision(
        session,
        line_id=line.id,
        decision_id=new_id,
        op=Op.AMEND,
        accounts=GIVE if change_cents > 0 else TAKE_BACK,
        amount_cents=abs(change_cents),
        now=now,
    )
    return decided(session, budget, now)
