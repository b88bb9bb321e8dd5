"""Rows of verdicts: by which versions of its plan a voucher was judged, and how (PLANBOUND-1)."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, ForeignKey, Integer, Table, Uuid, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.chassis.columns import INSTANT, TableRow, code
from services.voucher.domain.changes.plan_bound import ReviewCause, Verdict
from services.voucher.storage.metadata import METADATA
from services.voucher.storage.vouchers.voucher import vouchers

verdicts = Table(
    "voucher_plan_verdict",
    METADATA,
    Column("voucher_id", Uuid, ForeignKey(vouchers.c.id), primary_key=True),
    Column("major", Integer, primary_key=True, autoincrement=False),
    Column("verdict", code(Verdict, "verdict", length=40), nullable=False),
    Column("cause", code(ReviewCause, "cause", length=40)),
    Column("judged_at", INSTANT, nullable=False),
    comment="what each MAJOR version of its plan did to a voucher; each judges it once",
)


def judged_by(session: Session, voucher_id: UUID) -> int:
    """The newest version the voucher was issued on or judged by; 0 before any."""
    query = select(func.coalesce(func.max(verdicts.c.major), 0)).where(verdicts.c.voucher_id == voucher_id)
    return int(session.execute(query).scalar_one())


def verdicts_on(session: Session, voucher_id: UUID) -> Sequence[TableRow]:
    """Every verdict on the voucher, by version."""
    return session.execute(select(verdicts).where(verdicts.c.voucher_id == voucher_id).order_by(verdicts.c.major)).all()


def add_verdict(
    session: Session, voucher_id: UUID, major: int, *, verdict: Verdict, cause: ReviewCause | None = None, now: datetime
) -> None:
    """Note how a version judged the voucher."""
    values = {"voucher_id": voucher_id, "major": major, "verdict": verdict, "cause": cause, "judged_at": now}
    session.execute(insert(verdicts).values(**values).on_conflict_do_nothing())
