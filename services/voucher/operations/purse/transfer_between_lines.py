"""Move available money from one line of a budget to another: one decision, two entries (BUDGET-15)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.voucher.domain.purse.budget import Budget, SameLine
from services.voucher.domain.purse.ledger import GIVE, TAKE_BACK, Op
from services.voucher.operations.purse.budget import decided, load_budget
from services.voucher.operations.purse.posting import post_decision
from services.voucher.storage.purse import budget as budgets
from services.voucher.storage.purse.lines import lock_lines


def transfer_between_lines(
    session: Session,
    *,
    budget_id: UUID,
    from_code: str,
    to_code: str,
    amount_cents: int,
    etag: str,
    now: datetime,
    new_id: UUID,
) -> Budget:
    """Take from one line what another one gets; `new_id` names the decision on both.

    Refuses with BudgetNotFound (budget or line), SameLine, VersionConflict, PostingRefused (amount), BudgetExhausted
    beyond what is available, or IllegalTransition when the budget is not APPROVED.
    """
    budget = load_budget(session, budget_id, etag)
    giving, receiving = budget.line(from_code), budget.line(to_code)
    if giving.id == receiving.id:
        raise SameLine("a transfer needs two lines")
    budget.step("transfer", now)
    budgets.save_budget(session, budget)
    lock_lines(session, [giving.id, receiving.id])
    for line, accounts in ((giving, TAKE_BACK), (receiving, GIVE)):
        post_decision(
            session,
            line_id=line.id,
            decision_id=new_id,
            op=Op.TRANSFER,
            accounts=accounts,
            amount_cents=amount_cents,
            now=now,
        )
    return decided(session, budget, now)
