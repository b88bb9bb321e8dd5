"""Deliveries of the last twelve months, that FREQUENT_USER follows from."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; deliveries told before are not known, the flag follows from those to come."""
    op.create_table(
        "delivery_copy",
        sa.Column("delivery_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("service_date", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("delivery_id", name=op.f("pk_delivery_copy")),
        comment="deliveries that count for FREQUENT_USER (ATTENTION-1); older ones are forgotten",
    )
    op.create_index(op.f("ix_delivery_copy_client_id_service_date"), "delivery_copy", ["client_id", "service_date"])
    op.create_index(op.f("ix_delivery_copy_service_date"), "delivery_copy", ["service_date"])


def downgrade() -> None:
    """Undo it."""
    op.drop_table("delivery_copy")
