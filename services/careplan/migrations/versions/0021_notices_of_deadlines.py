"""When a deadline was announced as approaching and as missed."""

from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Rename the columns; the indexes follow them."""
    op.alter_column("deadline", "told_approaching", new_column_name="warned_at")
    op.alter_column("deadline", "told_missed", new_column_name="missed_at")


def downgrade() -> None:
    """Undo it."""
    op.alter_column("deadline", "missed_at", new_column_name="told_missed")
    op.alter_column("deadline", "warned_at", new_column_name="told_approaching")
