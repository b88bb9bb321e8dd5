"""The council approves a budget: each line is appropriated, and what was bound conditionally becomes certain."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.voucher.domain.purse.budget import Budget, Line
from services.voucher.domain.purse.ledger import GIVE, PERMIT, Op
from services.voucher.operations.purse.budget import decided, load_budget
from services.voucher.operations.purse.posting import post_decision
from services.voucher.storage.purse import budget as budgets
from services.voucher.storage.purse import lines as rows
from services.voucher.storage.purse.ledger import bound_last
from services.voucher.storage.purse.work import open_overbound


def approve_budget(
    session: Session, *, budget_id: UUID, given: Mapping[str, int] | None = None, etag: str, now: datetime
) -> Budget:
    """PLANNED -> APPROVED with one APPROPRIATE for each line; the decision's id is the budget's own.

    `given` is, by line code, what the council gave where it is not what was planned. A line that gets less than is
    bound on it keeps its promises: the rest is an overrun approved with it, and those bound last go to the work list.
    Refuses with BudgetNotFound (budget or line), VersionConflict, or IllegalTransition when it is not PLANNED.
    """
    budget = load_budget(session, budget_id, etag)
    amounts = {line.code: line.planned for line in budget.lines}
    amounts.update({budget.line(code).code: cents for code, cents in (given or {}).items()})
    budget.step("approve", now)
    budgets.save_budget(session, budget)
    locked = rows.lock_lines(session, [line.id for line in budget.lines])
    for line in sorted(budget.lines, key=lambda planned: planned.id):
        short = -locked[line.id].available - amounts[line.code]
        _decide(session, budget, line, amounts[line.code], short, now)
    rows.confirm_lines(session, budget.id)
    return decided(session, budget, now)


def _decide(session: Session, budget: Budget, line: Line, cents: int, short: int, now: datetime) -> None:
    if cents:
        post_decision(
            session,
            line_id=line.id,
            decision_id=budget.id,
            op=Op.APPROPRIATE,
            accounts=GIVE,
            amount_cents=cents,
            now=now,
        )
    if short > 0:
        post_decision(
            session,
            line_id=line.id,
            decision_id=budget.id,
            op=Op.OVERRIDE,
            accounts=PERMIT,
            amount_cents=short,
            now=now,
        )
        for source, held in bound_last(session, line.id):
            open_overbound(session, source, line.id, now=now)
            short -= held
            if short <= 0:
                break
