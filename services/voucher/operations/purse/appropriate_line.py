"""The council gives a line of an approved budget more."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.voucher.domain.purse.budget import Budget
from services.voucher.domain.purse.ledger import GIVE, Op
from services.voucher.operations.purse.budget import decided, load_budget
from services.voucher.operations.purse.posting import post_decision
from services.voucher.storage.purse import budget as budgets


def appropriate_line(
    session: Session, *, budget_id: UUID, line_code: str, amount_cents: int, etag: str, now: datetime, new_id: UUID
) -> Budget:
    """Add to a line's appropriation; `new_id` names the decision.

    Refuses with BudgetNotFound (budget or line), VersionConflict, PostingRefused (amount), or IllegalTransition when
    the budget is not APPROVED.
    """
    budget = load_budget(session, budget_id, etag)
    line = budget.line(line_code)
    budget.step("appropriate", now)
    budgets.save_budget(session, budget)
    post_decision(
        session,
        line_id=line.id,
        decision_id=new_id,
        op=Op.APPROPRIATE,
        accounts=GIVE,
        amount_cents=amount_cents,
        now=now,
    )
    return decided(session, budget, now)
