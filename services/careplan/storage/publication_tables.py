"""Tables of publications, and of the documents that a machine without an archive keeps itself."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    Table,
    Text,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from services.careplan.domain.publication import Failure, PublicationStatus
from services.careplan.storage.tables import INSTANT, METADATA
from services.careplan.storage.types import word

publication = Table(
    "publication",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("plan_id", Uuid, nullable=False),
    Column("client_id", Uuid, nullable=False),
    Column("major", Integer, nullable=False),
    Column("minor", Integer, nullable=False),
    Column("document_oid", Text, nullable=False, unique=True),
    Column("wanted_at", INSTANT, nullable=False, comment="when the version came into force, or the plan was closed"),
    Column("try_at", INSTANT, nullable=False, comment="not before; while it is tried, the end of the lease"),
    Column("status", word(PublicationStatus, "status"), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("failure", word(Failure, "failure")),
    Column("published_at", INSTANT),
    Column("closed", Boolean, nullable=False, comment="the document says that the plan is closed"),
    Column("fact_version", Integer, nullable=False),
    ForeignKeyConstraint(
        ["plan_id", "major", "minor"], ["plan_version.plan_id", "plan_version.major", "plan_version.minor"]
    ),
    CheckConstraint("published_at IS NOT NULL OR status NOT IN ('PUBLISHED', 'REPLACED')", name="published_at"),
    CheckConstraint("failure IS NOT NULL OR status <> 'FAILED'", name="failed"),
    Index("uq_publication_version", "plan_id", "major", "minor", unique=True),
    Index(
        "uq_publication_current",
        "plan_id",
        unique=True,
        postgresql_where=text("status = 'PUBLISHED'"),
    ),
    Index("ix_publication_waiting", "try_at", postgresql_where=text("status IN ('PENDING', 'FAILED')")),
    Index("ix_publication_wanted_at_id", "wanted_at", "id"),
    comment="each version is published for the client's providers (S2.14); one document of a plan is current",
)
recorded_document = Table(
    "recorded_document",
    METADATA,
    Column("oid", Text, primary_key=True),
    Column("body", JSONB, nullable=False),
    Column("times", Integer, nullable=False, comment="how often it was put"),
    comment="documents of a county on one machine, where no archive is",
)
