"""Copies of clients' direct choices of centres and dental units, which capitation counts."""

from sqlalchemy import Column, Date, Index, Integer, Table, Text, Uuid
from sqlalchemy.orm import Session

from services.chassis.copies import keep_newer
from services.voucher.domain.neighbours.client import DirectChoiceCopy
from services.voucher.storage.metadata import METADATA

choices = Table(
    "direct_choice_copy",
    METADATA,
    Column("choice_id", Uuid, primary_key=True),
    Column("client_id", Uuid, nullable=False),
    Column("kind", Text, nullable=False),
    Column("provider_id", Uuid, nullable=False),
    Column("from_date", Date, nullable=False),
    Column("ended_date", Date),
    Column("version", Integer, nullable=False),
    Index(None, "from_date"),
)


def keep_choice(session: Session, copy: DirectChoiceCopy) -> None:
    """A choice's newest state."""
    keep_newer(session, choices, vars(copy))
