"""What sources still hold on closed years, and who was bound last on a line."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, case, func, literal_column, select
from sqlalchemy.orm import Session

from services.chassis.columns import TableQuery
from services.chassis.database import work_item
from services.voucher.domain.claims.redemption import UNSETTLED
from services.voucher.domain.purse.budget import BudgetState
from services.voucher.domain.purse.ledger import Source, SourceKind
from services.voucher.domain.spending.commitment import ChargeState
from services.voucher.storage.claims.redemption import redemptions
from services.voucher.storage.purse.budget import budgets, lines, sources
from services.voucher.storage.purse.work import CARRY_OVER_AWAITS_FUNDS
from services.voucher.storage.spending.commitment import charges, commitments
from services.voucher.storage.vouchers.voucher import vouchers

_YEAR_ENDS: ColumnElement[Any] = func.make_date(budgets.c.fiscal_year, 12, 31)


@dataclass(frozen=True)
class Left:
    """A source on a closed line: `owed` cents have to stay there for claims on days of that year or before."""

    source: Source
    line_id: UUID
    fiscal_year: int
    client_id: UUID
    service_code: str
    owed: int


def left_on_closed(session: Session, *, limit: int) -> list[Source]:
    """Vouchers and commitments with days of service after the closed year that hold more on it than is owed, by id.

    Those that wait for county finance to find the money are left out.
    """
    waits = select(work_item.c.id).where(
        work_item.c.kind == CARRY_OVER_AWAITS_FUNDS,
        work_item.c.subject == func.concat(_noun(), "/", sources.c.source_id),
        work_item.c.done_at.is_(None),
    )
    query = _left().where(~waits.exists()).order_by(sources.c.source_id).limit(limit)
    found = [Source(SourceKind(row.source_type), row.source_id) for row in session.execute(query)]
    return list(dict.fromkeys(found))


def left_of(session: Session, source: Source) -> list[Left]:
    """What the source holds too much on closed years; ask it with the source's own row locked."""
    query = _left().where(sources.c.source_type == source.kind.value, sources.c.source_id == source.id)
    return [
        Left(source, row.line_id, row.fiscal_year, row.client_id, row.service_code, int(row.owed))
        for row in session.execute(query.order_by(budgets.c.fiscal_year))
    ]


def lock_owner(session: Session, source: Source) -> bool:
    """Lock the voucher or commitment itself; False when another transaction has it, which is left for later."""
    table = vouchers if source.kind is SourceKind.VOUCHER else commitments
    query = select(table.c.id).where(table.c.id == source.id).with_for_update(skip_locked=True)
    return session.execute(query).first() is not None


def _left() -> TableQuery:
    claims = (
        select(func.coalesce(func.sum(redemptions.c.county_share), 0))
        .where(
            redemptions.c.voucher_id == sources.c.source_id,
            redemptions.c.state.in_(UNSETTLED),
            redemptions.c.service_date <= _YEAR_ENDS,
        )
        .scalar_subquery()
    )
    deliveries = (
        select(func.coalesce(func.sum(charges.c.amount), 0))
        .where(
            charges.c.commitment_id == sources.c.source_id,
            charges.c.state == ChargeState.ACCEPTED.value,
            charges.c.service_date <= _YEAR_ENDS,
        )
        .scalar_subquery()
    )
    owed = case((sources.c.source_type == SourceKind.VOUCHER.value, claims), else_=deliveries)
    return (
        select(sources, budgets.c.fiscal_year, owed.label("owed"))
        .select_from(sources)
        .join(lines, lines.c.id == sources.c.line_id)
        .join(budgets, budgets.c.id == lines.c.budget_id)
        .outerjoin(vouchers, (sources.c.source_type == "VOUCHER") & (vouchers.c.id == sources.c.source_id))
        .outerjoin(commitments, (sources.c.source_type == "COMMITMENT") & (commitments.c.id == sources.c.source_id))
        .where(
            budgets.c.state == BudgetState.CLOSED.value,
            literal_column("ledger_source.reserved + ledger_source.committed > 0"),
            (sources.c.reserved > 0) | (sources.c.committed > owed),
            func.coalesce(vouchers.c.valid_to, commitments.c.valid_to) > _YEAR_ENDS,
        )
    )


def _noun() -> ColumnElement[str]:
    return case((sources.c.source_type == SourceKind.VOUCHER.value, "vouchers"), else_="commitments")
