"""Copies of what the client service tells of access: relationship_copy, non_disclosure_copy."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "relationship_copy",
        sa.Column("relationship_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True, comment="NULL: all units of the organisation"),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("from_date", sa.Date(), nullable=False),
        sa.Column("to_date", sa.Date(), nullable=True, comment="last day"),
        sa.Column("closed", sa.Boolean(), nullable=False, comment="over at once, whatever its last day"),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("relationship_id", name=op.f("pk_relationship_copy")),
        comment="why organisations may touch a client, as the client service told it (RELATIONSHIP-1)",
    )
    op.create_index(
        op.f("ix_relationship_copy_client_id_organisation_id"), "relationship_copy", ["client_id", "organisation_id"]
    )
    op.create_table(
        "non_disclosure_copy",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("in_force", sa.Boolean(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("client_id", name=op.f("pk_non_disclosure_copy")),
        comment="clients whose whereabouts an order protects, as the client service told it (NONDISCLOSURE-1)",
    )


def downgrade() -> None:
    """Undo it."""
    op.drop_table("non_disclosure_copy")
    op.drop_table("relationship_copy")
