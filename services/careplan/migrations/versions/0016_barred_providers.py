"""Who refused a plan while the voucher still names it (process E)."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column, and what it holds for searches that are under way."""
    op.add_column(
        "reroute_case",
        sa.Column("barred_provider_id", sa.Uuid(), comment="refused the plan, while the voucher still names it"),
    )
    op.execute(
        "update reroute_case set barred_provider_id = old_provider_id"
        " where cause = 'PLAN_REFUSED' and started is null and status in ('OPEN', 'GUIDED', 'CHOSEN')"
    )


def downgrade() -> None:
    """Undo it."""
    op.drop_column("reroute_case", "barred_provider_id")
