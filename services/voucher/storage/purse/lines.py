"""Budget lines as postings find and lock them."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from services.voucher.domain.purse.budget import BudgetState
from services.voucher.domain.purse.entries import LineRow
from services.voucher.storage.neighbours.provider import catalogue
from services.voucher.storage.purse.budget import budgets, lines, rules


def line_for(session: Session, *, service_code: str, task: str, fiscal_year: int) -> UUID | None:
    """The line of the year's budget that the service posts to; None when nothing is appropriated or planned for it.

    What falls on a closed year is posted in the first year after it that is not closed.
    """
    claims = ((rules.c.kind == "SERVICE") & (rules.c.key == service_code)) | (
        (rules.c.kind == "TASK") & (rules.c.key == task)
    )
    query = (
        select(rules.c.line_id, budgets.c.state)
        .join(budgets, budgets.c.id == rules.c.budget_id)
        .where(budgets.c.fiscal_year == fiscal_year, claims)
        .order_by(rules.c.kind)
        .limit(1)
    )
    found = session.execute(query).one_or_none()
    if found is not None and found.state == BudgetState.CLOSED.value:
        return line_for(session, service_code=service_code, task=task, fiscal_year=fiscal_year + 1)
    return None if found is None else found.line_id


def lock_lines(session: Session, line_ids: Iterable[UUID]) -> dict[UUID, LineRow]:
    """Lock these lines until the commit, always in the order of their ids, so that postings never wait in a ring."""
    query = (
        select(lines, budgets.c.fiscal_year)
        .join(budgets, budgets.c.id == lines.c.budget_id)
        .where(lines.c.id.in_(set(line_ids)))
        .order_by(lines.c.id)
        .with_for_update(of=lines)
    )
    return {
        row.id: LineRow(
            row.id,
            row.code,
            row.fiscal_year,
            row.available,
            overrun=row.overrun,
            conditional=row.planned if row.conditional else 0,
        )
        for row in session.execute(query)
    }


def pays_statutory(session: Session, line_id: UUID) -> bool:
    """Whether a service that posts to the line is one to which clients have a statutory right."""
    mine = rules.alias()
    named = select(mine.c.line_id).where(
        mine.c.budget_id == rules.c.budget_id, mine.c.kind == "SERVICE", mine.c.key == catalogue.c.service_code
    )
    by_code = (rules.c.kind == "SERVICE") & (rules.c.key == catalogue.c.service_code)
    by_task = (rules.c.kind == "TASK") & (rules.c.key == catalogue.c.task) & ~named.exists()
    query = (
        select(rules.c.line_id)
        .select_from(rules)
        .join(catalogue, by_code | by_task)
        .where(rules.c.line_id == line_id, catalogue.c.statutory_right)
        .limit(1)
    )
    return session.execute(query).first() is not None


def confirm_lines(session: Session, budget_id: UUID) -> None:
    """The budget is approved: what its lines hold no longer rests on the plan alone.

    The database refuses (IntegrityError) when more is bound than was appropriated and permitted.
    """
    session.execute(update(lines).where(lines.c.budget_id == budget_id).values(conditional=False))
