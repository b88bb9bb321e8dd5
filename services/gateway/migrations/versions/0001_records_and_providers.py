"""The first gateway tables: records, and copies of what is known of providers."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_UUIDS = postgresql.ARRAY(sa.Uuid())
# lz4 reads faster than the built-in method; a server built without it does with that.
_LZ4 = """
do $$ begin
  alter table record alter column {column} set compression lz4;
exception when feature_not_supported then null;
end $$
"""
_SECTIONS = ("client", "plan", "vouchers", "finance", "packages")


def upgrade() -> None:
    """Make the tables."""
    columns: list[sa.Column[Any]] = []
    for section in _SECTIONS:
        columns += [
            sa.Column(f"{section}_part", sa.LargeBinary(), nullable=True),
            sa.Column(f"{section}_version", sa.Integer(), server_default=sa.text("0"), nullable=False),
            sa.Column(f"{section}_as_of", sa.DateTime(timezone=True), nullable=True),
            sa.Column(
                f"{section}_providers", postgresql.ARRAY(sa.Uuid()), server_default=sa.text("'{}'"), nullable=False
            ),
        ]
    op.create_table(
        "record",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        *columns,
        sa.PrimaryKeyConstraint("client_id", name=op.f("pk_record")),
        comment="a client's sections as they arrived, newest version of each",
    )
    # A record is read far more often than written: compressed inside the row it costs one page, not a second lookup.
    for section in _SECTIONS:
        op.execute(f"alter table record alter column {section}_part set storage main")
        op.execute(_LZ4.format(column=f"{section}_part"))
    op.create_table(
        "provider_copy",
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("facts", sa.LargeBinary(), nullable=False, comment="sote.provider.v1.ProviderFacts"),
        sa.PrimaryKeyConstraint("provider_id", name=op.f("pk_provider_copy")),
        comment="providers as the provider service told them",
    )
    op.create_table(
        "contract_copy",
        sa.Column("contract_id", sa.Uuid(), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("facts", sa.LargeBinary(), nullable=False, comment="sote.provider.v1.ContractFacts"),
        sa.PrimaryKeyConstraint("contract_id", name=op.f("pk_contract_copy")),
        comment="contracts as the provider service told them",
    )
    op.create_index(op.f("ix_contract_copy_provider_id"), "contract_copy", ["provider_id"])
    op.create_table(
        "provider_summary",
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False, comment="sote.provider.v1.ProviderSummary"),
        sa.PrimaryKeyConstraint("provider_id", name=op.f("pk_provider_summary")),
        comment="what records show of a provider, made of the copies",
    )


def downgrade() -> None:
    """Undo it."""
    for table in ("provider_summary", "contract_copy", "provider_copy", "record"):
        op.drop_table(table)
