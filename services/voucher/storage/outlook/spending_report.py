"""Sums for steering: the history of each budget line, and what is bound and spent by service, package and owner."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CTE, BigInteger, Subquery, case, cast, func, literal, select, union_all
from sqlalchemy.orm import Session

from services.voucher.domain.outlook.spending_report import Group
from services.voucher.domain.purse.ledger import DECISIONS, PAYING, Account, Op, SourceKind
from services.voucher.domain.vouchers.states import ENDED
from services.voucher.storage.neighbours.provider import providers
from services.voucher.storage.purse.budget import entries, lines, sources
from services.voucher.storage.spending.commitment import commitments
from services.voucher.storage.spending.direct_payment import payments
from services.voucher.storage.vouchers.voucher import vouchers

DIMENSIONS = ("line_code", "service_code", "package_code", "ownership")


@dataclass(frozen=True)
class History:
    """What ended vouchers used of their value, in cents."""

    redeemed: int
    issued: int


def histories(session: Session, *, since: datetime) -> dict[str, History]:
    """By the code of a line, its vouchers that ended since then: what was paid on them, and what they were worth."""
    each = (
        select(lines.c.code, vouchers.c.id, func.sum(sources.c.spent).label("spent"), vouchers.c.max_value)
        .join(sources, (sources.c.source_type == SourceKind.VOUCHER.value) & (sources.c.source_id == vouchers.c.id))
        .join(lines, lines.c.id == sources.c.line_id)
        .where(vouchers.c.state.in_(ENDED), vouchers.c.updated_at >= since)
        .group_by(lines.c.code, vouchers.c.id)
        .subquery()
    )
    query = select(each.c.code, func.sum(each.c.spent), func.sum(each.c.max_value)).group_by(each.c.code)
    return {row[0]: History(int(row[1]), int(row[2])) for row in session.execute(query)}


def burned(session: Session, *, since: datetime) -> dict[UUID, int]:
    """By line, what left available since then, less what came back to it; decisions about the line do not count."""
    e = entries.c
    available = Account.AVAILABLE.value
    amount = case((e.credit == available, e.amount), (e.debit == available, -e.amount), else_=0)
    decided = [op.value for op in DECISIONS]
    query = select(e.line_id, func.sum(amount)).where(e.posted_at >= since, e.op.not_in(decided)).group_by(e.line_id)
    return {row[0]: int(row[1]) for row in session.execute(query)}


def spending(session: Session, budget_id: UUID, dimensions: Sequence[str]) -> list[Group]:
    """What the budget has bound and spent, grouped by these dimensions, in their order."""
    postings, packages = _postings(budget_id), _packages()
    keys = {
        "line_code": lines.c.code,
        "service_code": postings.c.service_code,
        "package_code": func.coalesce(packages.c.package_code, ""),
        "ownership": func.coalesce(providers.c.ownership, ""),
    }
    asked = [keys[name].label(name) for name in DIMENSIONS if name in dimensions]
    sums = [cast(func.sum(postings.c[name]), BigInteger).label(name) for name in ("reserved", "committed", "spent")]
    query = (
        select(*asked, *sums)
        .select_from(postings)
        .join(lines, lines.c.id == postings.c.line_id)
        .outerjoin(packages, packages.c.enrolment_id == postings.c.enrolment_id)
        .outerjoin(providers, providers.c.provider_id == postings.c.provider_id)
        .group_by(*asked)
        .having(func.sum(postings.c.reserved + postings.c.committed + func.abs(postings.c.spent)) > 0)
        .order_by(*asked)
    )
    return [
        Group({key.name: str(row._mapping[key.name]) for key in asked}, row.reserved, row.committed, row.spent)
        for row in session.execute(query)
        if row.reserved is not None
    ]


def _postings(budget_id: UUID) -> Subquery:
    """What each source holds open, beside what each provider was paid of it; with its enrolment."""
    mine = select(lines.c.id).where(lines.c.budget_id == budget_id)
    nothing = cast(literal(0), BigInteger)
    owner = func.coalesce(vouchers.c.provider_id, commitments.c.provider_id, payments.c.provider_id)
    s, e = sources.c, entries.c
    still = select(
        s.line_id, s.source_type, s.source_id, s.service_code, s.reserved, s.committed, nothing.label("spent")
    ).where(s.line_id.in_(mine))
    signed = case((e.op == Op.REVERSE_SPEND.value, -e.amount), else_=e.amount)
    paid = (
        select(e.line_id, e.source_type, e.source_id, e.service_code, e.provider_id, func.sum(signed).label("spent"))
        .where(e.line_id.in_(mine), e.op.in_([op.value for op in PAYING]))
        .group_by(e.line_id, e.source_type, e.source_id, e.service_code, e.provider_id)
    )
    return _with_enrolments(still.cte("still"), paid.cte("paid"), owner, nothing)


def _with_enrolments(still: CTE, paid: CTE, owner: Any, nothing: Any) -> Subquery:
    def of(part: CTE, provider: Any, reserved: Any, committed: Any, spent: Any) -> Any:
        own = case((part.c.source_type == SourceKind.ENROLMENT.value, part.c.source_id))
        enrolment = func.coalesce(vouchers.c.enrolment_id, commitments.c.enrolment_id, own)
        return (
            select(
                part.c.line_id,
                part.c.service_code,
                enrolment.label("enrolment_id"),
                provider.label("provider_id"),
                reserved.label("reserved"),
                committed.label("committed"),
                cast(spent, BigInteger).label("spent"),
            )
            .select_from(part)
            .outerjoin(vouchers, (part.c.source_type == "VOUCHER") & (vouchers.c.id == part.c.source_id))
            .outerjoin(commitments, (part.c.source_type == "COMMITMENT") & (commitments.c.id == part.c.source_id))
            .outerjoin(payments, (part.c.source_type == "DIRECT") & (payments.c.id == part.c.source_id))
        )

    return union_all(
        of(still, owner, still.c.reserved, still.c.committed, still.c.spent),
        of(paid, paid.c.provider_id, nothing, nothing, paid.c.spent),
    ).subquery("postings")


def _packages() -> Subquery:
    """The package of each enrolment, by which its envelope is bound."""
    s = sources.c
    return (
        select(s.source_id.label("enrolment_id"), func.max(s.service_code).label("package_code"))
        .where(s.source_type == SourceKind.ENROLMENT.value)
        .group_by(s.source_id)
        .subquery("packages")
    )
