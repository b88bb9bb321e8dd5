"""The table of the steps of service chains; the duplicate guard is an index (S1.09)."""

from sqlalchemy import Boolean, CheckConstraint, Column, Date, ForeignKey, Index, Integer, Table, Text, Uuid, text

from services.careplan.domain.chain import ChainStepStatus, Urgency
from services.careplan.domain.terms import NeedDomain
from services.careplan.storage.tables import INSTANT, METADATA
from services.careplan.storage.types import Texts, word

chain_step = Table(
    "chain_step",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("chain_id", Uuid, nullable=False),
    Column("seq", Integer, CheckConstraint("seq >= 1", name="seq"), nullable=False),
    Column("county_scheme", Text, nullable=False),
    Column("county_code", Text, nullable=False),
    Column("client_id", Uuid, nullable=False),
    Column("plan_id", Uuid, ForeignKey("plan.id"), index=True),
    Column("operator_organisation_id", Uuid),
    Column("from_organisation_id", Uuid, nullable=False, index=True),
    Column("to_organisation_id", Uuid, nullable=False, index=True),
    Column("service_code", Text, nullable=False),
    Column("need", word(NeedDomain, "need"), nullable=False),
    Column("urgency", word(Urgency, "urgency"), nullable=False),
    Column("question", Text, nullable=False),
    Column("attachments", Texts, nullable=False),
    Column("status", word(ChainStepStatus, "status"), nullable=False),
    Column("sent_at", INSTANT),
    Column("response_due", Date),
    Column("overdue", Boolean, nullable=False),
    Column("planned_date", Date),
    Column("reason", Text, nullable=False),
    Column("suggestion", Text, nullable=False),
    Column("feedback", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("fact_version", Integer, nullable=False),
    Column("created_at", INSTANT, nullable=False),
    Column("created_by", Text, nullable=False),
    Column("updated_at", INSTANT, nullable=False),
    CheckConstraint("from_organisation_id <> to_organisation_id", name="two_organisations"),
    CheckConstraint("response_due IS NOT NULL OR status IN ('DRAFT', 'CANCELLED')", name="response_due"),
    Index("uq_chain_step_seq", "chain_id", "seq", unique=True),
    Index("ix_chain_step_client_id_created_at_id", "client_id", "created_at", "id"),
    Index(
        "ix_chain_step_response_due",
        "response_due",
        postgresql_where=text("status IN ('SENT', 'RECEIVED') AND NOT overdue"),
    ),
    Index(
        "uq_chain_step_open",
        "client_id",
        "service_code",
        "need",
        unique=True,
        postgresql_where=text("status IN ('SENT', 'RECEIVED', 'ACCEPTED', 'SCHEDULED', 'IN_PROGRESS')"),
    ),
    comment="a client is handed on from provider to provider (3.9); one open step for a service and a need",
)
