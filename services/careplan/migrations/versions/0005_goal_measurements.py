"""Measurements of goals (GOAL-1)."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "goal_measurement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("goal_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("measured_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.CheckConstraint("step BETWEEN -2 AND 2", name=op.f("ck_goal_measurement_step")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_goal_measurement_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal_measurement")),
        comment="where a client stood on a goal, on the scale of goal attainment (GOAL-1)",
    )
    op.create_index(op.f("ix_goal_measurement_plan_id"), "goal_measurement", ["plan_id"])


def downgrade() -> None:
    """Undo it."""
    op.drop_table("goal_measurement")
