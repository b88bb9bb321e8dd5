"""The table of the days on which planned services rest."""

from sqlalchemy import CheckConstraint, Column, Date, ForeignKey, Index, Table, Text, Uuid, text

from services.careplan.domain.plan_service import PlanServiceStatus
from services.careplan.storage.tables import INSTANT, METADATA
from services.careplan.storage.types import word

plan_service_pause = Table(
    "plan_service_pause",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("plan_service_id", Uuid, ForeignKey("plan_service.id"), nullable=False, index=True),
    Column("from_date", Date, nullable=False),
    Column("resumed_date", Date, comment="the first day it is delivered again; NULL: it rests"),
    Column("status_before", word(PlanServiceStatus, "status_before"), nullable=False),
    Column("created_at", INSTANT, nullable=False),
    Column("created_by", Text, nullable=False),
    CheckConstraint("from_date <= resumed_date", name="period"),
    Index(
        "uq_plan_service_pause_running",
        "plan_service_id",
        unique=True,
        postgresql_where=text("resumed_date IS NULL"),
    ),
    comment="a planned service rests while the client is away (3.3.2); one pause at a time",
)
