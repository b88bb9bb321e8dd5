"""Copies of plans' services in force, that WIDE_RANGE follows from."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; plans told before are known with their next fact."""
    op.create_table(
        "plan_copy",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("service_codes", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("plan_id", name=op.f("pk_plan_copy")),
        comment="services in force in a plan as the careplan service last told; WIDE_RANGE follows from them",
    )
    op.create_index(op.f("ix_plan_copy_client_id"), "plan_copy", ["client_id"])


def downgrade() -> None:
    """Undo it."""
    op.drop_table("plan_copy")
