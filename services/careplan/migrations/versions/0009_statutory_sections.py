"""The sections of a plan in force that special acts ask for (S2.15); versions hold theirs in their content."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the column."""
    column = sa.Column("statutory_sections", postgresql.JSONB(), server_default="[]", nullable=False)
    op.add_column("plan", column)


def downgrade() -> None:
    """Undo it."""
    op.drop_column("plan", "statutory_sections")
