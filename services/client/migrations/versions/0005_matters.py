"""Copies of the matters other services opened, so that a client can fall dormant."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "matter_copy",
        sa.Column("matter_id", sa.Uuid(), nullable=False, comment="a plan, a voucher or an enrolment"),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("matter_id", name=op.f("pk_matter_copy")),
        comment="matters as their services last told; CLIENT-4 asks for them",
    )
    op.create_index(op.f("ix_matter_copy_client_id"), "matter_copy", ["client_id"])


def downgrade() -> None:
    """Undo it."""
    op.drop_table("matter_copy")
