"""The table of days by which somebody must have acted."""

from sqlalchemy import Column, Date, Index, Integer, Table, Uuid, text

from services.careplan.domain.deadlines import Subject
from services.careplan.storage.tables import INSTANT, METADATA
from services.careplan.storage.types import word

deadline = Table(
    "deadline",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("owner_id", Uuid, nullable=False, comment="the plan, the chain step or the case it belongs to"),
    Column("client_id", Uuid, nullable=False),
    Column("plan_id", Uuid),
    Column("subject", word(Subject, "subject"), nullable=False),
    Column("subject_id", Uuid, nullable=False),
    Column("due", Date, nullable=False),
    Column("created_at", INSTANT, nullable=False),
    Column("ended_on", Date, comment="NULL: it is still waited for"),
    Column("told_approaching", INSTANT),
    Column("told_missed", INSTANT),
    Column("version", Integer, nullable=False, comment="how many facts were told of it"),
    Index("uq_deadline_subject", "subject", "subject_id", "due", unique=True),
    Index("ix_deadline_of_owner", "owner_id", postgresql_where=text("ended_on IS NULL")),
    Index("ix_deadline_running", "due", "id", postgresql_where=text("ended_on IS NULL AND told_missed IS NULL")),
    Index("ix_deadline_open", "created_at", "id", postgresql_where=text("ended_on IS NULL")),
    comment="who must have acted by when (P18, S9); what is told of each is told once",
)
