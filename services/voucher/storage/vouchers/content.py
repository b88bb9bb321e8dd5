"""Rows of contents: each version of what a provider answers for, written once (S2.18)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, ForeignKey, Integer, Table, Text, Uuid, select
from sqlalchemy.orm import Session

from services.chassis.columns import INSTANT, Json
from services.voucher.domain.vouchers.content import ContentSpec
from services.voucher.domain.vouchers.voucher import Voucher
from services.voucher.storage.metadata import METADATA
from services.voucher.storage.vouchers.voucher import vouchers

contents = Table(
    "voucher_content",
    METADATA,
    Column("voucher_id", Uuid, ForeignKey(vouchers.c.id), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("content_spec", Json(ContentSpec), nullable=False),
    Column("created_at", INSTANT, nullable=False),
    Column("created_by", Text, nullable=False),
    CheckConstraint("version > 0", name="version"),
    comment="every version of a voucher's content (S2.18)",
)


@dataclass(frozen=True)
class WordedContent:
    """A version of a content: what it says, since when, by whom."""

    content: ContentSpec
    created_at: datetime
    created_by: str


def keep_content(session: Session, voucher: Voucher, *, subject: str, now: datetime) -> None:
    """Write the voucher's content as it is worded now."""
    session.flush()
    content = voucher.content_spec
    values = {"voucher_id": voucher.id, "version": content.version, "content_spec": content}
    session.execute(contents.insert().values(**values, created_at=now, created_by=subject))


def contents_of(session: Session, voucher_id: UUID) -> Sequence[WordedContent]:
    """Every version of the voucher's content, the first one first."""
    query = select(contents).where(contents.c.voucher_id == voucher_id).order_by(contents.c.version)
    return [WordedContent(row.content_spec, row.created_at, row.created_by) for row in session.execute(query)]


def remove_contents(session: Session, voucher_id: UUID) -> None:
    """Forget every version: the voucher was a draft and is discarded."""
    session.execute(contents.delete().where(contents.c.voucher_id == voucher_id))
