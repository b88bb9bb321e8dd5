"""Since when expansions wait, discarded plans, deliveries to enrolled clients."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column and make the tables."""
    op.add_column("enrolment", sa.Column("step_since", sa.DateTime(timezone=True), nullable=True))
    op.execute("update enrolment set step_since = updated_at")
    op.execute("alter table enrolment alter column step_since set not null")
    waiting = sa.text("state in ('ACCEPTED', 'EXPANDING')")
    op.create_index("ix_enrolment_step_since", "enrolment", ["step_since"], postgresql_where=waiting)
    op.create_table(
        "discarded_plan_copy",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("plan_id", name=op.f("pk_discarded_plan_copy")),
        comment="plans that were cancelled or closed, or whose review was, and at which version",
    )
    op.create_table(
        "delivery_copy",
        sa.Column("delivery_id", sa.Uuid(), nullable=False),
        sa.Column("plan_service_id", sa.Uuid(), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("delivery_id", name=op.f("pk_delivery_copy")),
        comment="deliveries to clients who are enrolled",
    )
    op.create_index("ix_delivery_copy_plan_service_id", "delivery_copy", ["plan_service_id"])


def downgrade() -> None:
    """Undo it."""
    op.drop_table("delivery_copy")
    op.drop_table("discarded_plan_copy")
    op.drop_index("ix_enrolment_step_since", table_name="enrolment")
    op.drop_column("enrolment", "step_since")
