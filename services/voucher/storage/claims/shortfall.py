"""Whether a voucher has enough committed in a year for what is claimed in it (BUDGET-13)."""

from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from services.voucher.domain.claims.redemption import UNSETTLED
from services.voucher.domain.purse.ledger import SourceKind
from services.voucher.storage.claims.redemption import redemptions
from services.voucher.storage.purse.budget import budgets, lines, sources


def uncovered(session: Session, voucher_id: UUID, year: int) -> int:
    """How much more is claimed and not paid for days of the year than is committed in it, in cents, at one instant."""
    claims = (
        select(func.coalesce(func.sum(redemptions.c.county_share), 0))
        .where(
            redemptions.c.voucher_id == voucher_id,
            redemptions.c.state.in_(UNSETTLED),
            redemptions.c.service_date.between(date(year, 1, 1), date(year, 12, 31)),
        )
        .scalar_subquery()
    )
    committed = (
        select(func.coalesce(func.sum(sources.c.committed), 0))
        .join(lines, lines.c.id == sources.c.line_id)
        .join(budgets, budgets.c.id == lines.c.budget_id)
        .where(
            sources.c.source_type == SourceKind.VOUCHER.value,
            sources.c.source_id == voucher_id,
            budgets.c.fiscal_year == year,
        )
        .scalar_subquery()
    )
    return int(session.execute(select(claims - committed)).scalar_one())
