"""Who represents clients, and minors' words that keep their guardians out, as told."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the copies."""
    op.create_table(
        "representative_copy",
        sa.Column("representative_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("matters", sa.Text(), nullable=False),
        sa.Column("representative_client_id", sa.Uuid(), nullable=True),
        sa.Column("from_date", sa.Date(), nullable=False),
        sa.Column("to_date", sa.Date(), nullable=True),
        sa.Column("in_force", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("representative_id", name=op.f("pk_representative_copy")),
        comment="who stands for clients",
    )
    op.create_index("ix_representative_copy_client_id", "representative_copy", ["client_id"])
    op.create_table(
        "guardian_denial_copy",
        sa.Column("consent_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("in_force", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("consent_id", name=op.f("pk_guardian_denial_copy")),
        comment="minors' words that keep their guardians out",
    )
    op.create_index("ix_guardian_denial_copy_client_id", "guardian_denial_copy", ["client_id"])


def downgrade() -> None:
    """Undo it."""
    op.drop_table("guardian_denial_copy")
    op.drop_table("representative_copy")
