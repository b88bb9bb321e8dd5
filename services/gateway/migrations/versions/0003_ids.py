"""A finding is called by its id."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Rename the key and its index."""
    op.alter_column("finding", "uid", new_column_name="id")
    op.execute("alter index ix_finding_found_at_uid rename to ix_finding_found_at_id")


def downgrade() -> None:
    """Undo it."""
    op.execute("alter index ix_finding_found_at_id rename to ix_finding_found_at_uid")
    op.alter_column("finding", "id", new_column_name="uid")
