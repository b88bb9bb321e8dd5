"""The county's list of appeals that wait for their answer."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

APPEALED = sa.text("status = 'APPEALED'")


def upgrade() -> None:
    """Make the index."""
    op.create_index("ix_decision_appealed", "decision", ["created_at", "id"], postgresql_where=APPEALED)


def downgrade() -> None:
    """Undo it."""
    op.drop_index("ix_decision_appealed", table_name="decision", postgresql_where=APPEALED)
