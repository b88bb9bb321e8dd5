"""Tables: one row a client with a column of bytes for each section, and what is known of providers."""

from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    Column,
    Date,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.schema import SchemaItem

from services.chassis.columns import INSTANT
from services.chassis.database import metadata
from services.gateway.domain.record import KINDS

METADATA = metadata()


def _section_columns() -> list[SchemaItem]:
    """For each section its bytes (a finished field of Record), its version, its instant and the providers it names."""
    columns: list[Column[Any]] = []
    for kind in KINDS:
        columns += [
            Column(f"{kind.field}_part", LargeBinary, nullable=True),
            Column(f"{kind.field}_version", Integer, nullable=False, server_default=text("0")),
            Column(f"{kind.field}_as_of", INSTANT, nullable=True),
            Column(f"{kind.field}_providers", ARRAY(Uuid), nullable=False, server_default=text("'{}'")),
        ]
    return list(columns)


record = Table(
    "record",
    METADATA,
    Column("client_id", Uuid, primary_key=True),
    *_section_columns(),
    comment="a client's sections as they arrived, newest version of each",
)
provider_copy = Table(
    "provider_copy",
    METADATA,
    Column("provider_id", Uuid, primary_key=True),
    Column("version", BigInteger, nullable=False),
    Column("facts", LargeBinary, nullable=False, comment="sote.provider.v1.ProviderFacts"),
    comment="providers as the provider service announced them",
)
contract_copy = Table(
    "contract_copy",
    METADATA,
    Column("contract_id", Uuid, primary_key=True),
    Column("provider_id", Uuid, nullable=False, index=True),
    Column("version", BigInteger, nullable=False),
    Column("number", Text, nullable=False),
    Column("facts", LargeBinary, nullable=False, comment="sote.provider.v1.ContractFacts"),
    comment="contracts as the provider service announced them",
)
provider_summary = Table(
    "provider_summary",
    METADATA,
    Column("provider_id", Uuid, primary_key=True),
    Column("body", LargeBinary, nullable=False, comment="sote.provider.v1.ProviderSummary"),
    Column("sanctioned", Boolean, nullable=False, server_default=text("false")),
    comment="what records show of a provider, made of the copies",
)
sanction_copy = Table(
    "sanction_copy",
    METADATA,
    Column("sanction_id", Uuid, primary_key=True),
    Column("provider_id", Uuid, nullable=False, index=True),
    Column("version", BigInteger, nullable=False),
    Column("imposed", Boolean, nullable=False),
    comment="sanctions as the provider service announced them",
)
record_check = Table(
    "record_check",
    METADATA,
    Column("client_id", Uuid, primary_key=True),
    Column("due_on", Date, nullable=False, index=True),
    comment="when a client's record is looked through next for what does not fit together",
)
finding = Table(
    "finding",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("client_id", Uuid, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("description", Text, nullable=False),
    Column("rule", Text, nullable=False),
    Column("owner_id", Uuid, nullable=True),
    Column("since", Date, nullable=True),
    Column("found_at", INSTANT, nullable=False),
    UniqueConstraint("client_id", "kind", "subject", name="uq_finding_subject"),
    Index("ix_finding_found_at_id", "found_at", "id"),
    comment="what does not fit together in clients' records now",
)
