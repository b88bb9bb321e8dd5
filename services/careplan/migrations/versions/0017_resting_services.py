"""Since when a planned service rests, beside its state (PLANSERVICE-4)."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column, and what is known of services that rest."""
    op.add_column(
        "plan_service",
        sa.Column("resting_from", sa.Date(), comment="the client is away since; its pauses tell every absence"),
    )
    op.execute(
        "update plan_service set resting_from = p.from_date from plan_service_pause p"
        " where p.plan_service_id = plan_service.id and p.resumed_date is null"
    )


def downgrade() -> None:
    """Undo it."""
    op.drop_column("plan_service", "resting_from")
