"""What every decision about a budget shares: its lock, and what waited for money is tried again."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.etags import check_etag
from services.voucher.domain.purse.budget import Budget, BudgetNotFound
from services.voucher.storage.purse import budget as budgets
from services.voucher.storage.purse.work import try_carrying_again


def load_budget(session: Session, budget_id: UUID, etag: str) -> Budget:
    """The budget, locked for a change; refuses with BudgetNotFound, or VersionConflict when the etag is another's."""
    budget = budgets.load_budget(session, budget_id, lock=True)
    if budget is None:
        raise BudgetNotFound("there is no such budget")
    check_etag(etag, budget.version)
    return budget


def decided(session: Session, budget: Budget, now: datetime) -> Budget:
    """The budget as it is after the postings of a decision; what waited for money on it is tried again."""
    try_carrying_again(session, now=now)
    return budgets.load_budget(session, budget.id) or budget
