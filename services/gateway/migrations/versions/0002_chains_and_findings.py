"""Chains in the record, sanctions of providers, what does not fit together."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# As in 0001: lz4 where the server has it.
_LZ4 = """
do $$ begin
  alter table record alter column chains_part set compression lz4;
exception when feature_not_supported then null;
end $$
"""


def upgrade() -> None:
    """Add columns and tables."""
    op.add_column("record", sa.Column("chains_part", sa.LargeBinary(), nullable=True))
    version = sa.Column("chains_version", sa.Integer(), server_default=sa.text("0"), nullable=False)
    op.add_column("record", version)
    op.add_column("record", sa.Column("chains_as_of", sa.DateTime(timezone=True), nullable=True))
    named = postgresql.ARRAY(sa.Uuid())
    op.add_column("record", sa.Column("chains_providers", named, server_default=sa.text("'{}'"), nullable=False))
    op.execute("alter table record alter column chains_part set storage main")
    op.execute(_LZ4)
    false = sa.text("false")
    op.add_column("provider_summary", sa.Column("sanctioned", sa.Boolean(), server_default=false, nullable=False))
    op.create_table(
        "sanction_copy",
        sa.Column("sanction_id", sa.Uuid(), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("imposed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("sanction_id", name=op.f("pk_sanction_copy")),
        comment="sanctions as the provider service told them",
    )
    op.create_index(op.f("ix_sanction_copy_provider_id"), "sanction_copy", ["provider_id"])
    op.create_table(
        "record_check",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("client_id", name=op.f("pk_record_check")),
        comment="when a client's record is looked through next for what does not fit together",
    )
    op.create_index(op.f("ix_record_check_due_on"), "record_check", ["due_on"])
    op.create_table(
        "finding",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_finding")),
        sa.UniqueConstraint("client_id", "kind", "subject", name="uq_finding_subject"),
        comment="what does not fit together in clients' records now",
    )
    op.create_index(op.f("ix_finding_client_id"), "finding", ["client_id"])
    op.create_index("ix_finding_found_at_uid", "finding", ["found_at", "uid"])
    op.execute("insert into record_check (client_id, due_on) select client_id, current_date from record")


def downgrade() -> None:
    """Undo it."""
    for table in ("finding", "record_check", "sanction_copy"):
        op.drop_table(table)
    op.drop_column("provider_summary", "sanctioned")
    for column in ("part", "version", "as_of", "providers"):
        op.drop_column("record", f"chains_{column}")
