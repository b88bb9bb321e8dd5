"""Deviations are judged, and counted for a contract (S1.30)."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the columns; what was reported before counts for no contract."""
    op.add_column("deviation", sa.Column("contract_id", sa.Uuid(), nullable=True))
    op.add_column("deviation", sa.Column("judgement", sa.Text(), server_default="", nullable=False))
    op.add_column("deviation", sa.Column("plan_change", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.add_column("deviation", sa.Column("judged_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("deviation", sa.Column("judged_by", sa.Text(), server_default="", nullable=False))
    op.create_index(op.f("ix_deviation_contract_id"), "deviation", ["contract_id"])


def downgrade() -> None:
    """Undo it."""
    op.drop_index(op.f("ix_deviation_contract_id"), table_name="deviation")
    for column in ("contract_id", "judgement", "plan_change", "judged_at", "judged_by"):
        op.drop_column("deviation", column)
