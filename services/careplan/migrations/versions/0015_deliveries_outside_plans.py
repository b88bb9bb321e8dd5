"""Deliveries outside any plan are found without looking at those on plans."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the index."""
    outside = sa.text("plan_id IS NULL")
    op.create_index("ix_delivery_outside_plans", "delivery", ["client_id"], postgresql_where=outside)


def downgrade() -> None:
    """Undo it."""
    op.drop_index("ix_delivery_outside_plans", table_name="delivery", postgresql_where=sa.text("plan_id IS NULL"))
