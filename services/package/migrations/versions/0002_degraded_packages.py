"""Items of published packages that no member may deliver."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("package", sa.Column("degraded", postgresql.ARRAY(sa.Text()), nullable=False, server_default="{}"))


def downgrade() -> None:
    """Undo it."""
    op.drop_column("package", "degraded")
