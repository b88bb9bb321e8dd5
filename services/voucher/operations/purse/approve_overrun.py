"""County finance lets a line be overrun for services to which clients have a statutory right (DESIGN-8)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.voucher.domain.purse.budget import Budget, OverrunNotStatutory
from services.voucher.domain.purse.ledger import PERMIT, Op
from services.voucher.operations.purse.budget import decided, load_budget
from services.voucher.operations.purse.posting import post_decision
from services.voucher.storage.purse import budget as budgets
from services.voucher.storage.purse.lines import pays_statutory


def approve_overrun(
    session: Session, *, budget_id: UUID, line_code: str, amount_cents: int, etag: str, now: datetime, new_id: UUID
) -> Budget:
    """Let available of the line go `amount_cents` further below zero; `new_id` names the decision.

    Refuses with BudgetNotFound (budget or line), VersionConflict, PostingRefused (amount), OverrunNotStatutory when
    the line pays no such service, or IllegalTransition when the budget is not APPROVED.
    """
    budget = load_budget(session, budget_id, etag)
    line = budget.line(line_code)
    budget.step("override", now)
    if not pays_statutory(session, line.id):
        raise OverrunNotStatutory("the line pays no service to which clients have a statutory right")
    budgets.save_budget(session, budget)
    post_decision(
        session,
        line_id=line.id,
        decision_id=new_id,
        op=Op.OVERRIDE,
        accounts=PERMIT,
        amount_cents=amount_cents,
        now=now,
    )
    return decided(session, budget, now)
