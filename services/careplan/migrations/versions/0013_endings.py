"""The day a plan ended, the plan it was drawn up from, and what an enrolment was linked to (process D, PROCESS-B5)."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; plans that are closed ended when they were last changed, as far as is known."""
    op.add_column(
        "plan",
        sa.Column("ended_on", sa.Date(), comment="the day a closed plan ended; may be long before it was told"),
    )
    op.execute("update plan set ended_on = (updated_at at time zone 'Europe/Helsinki')::date where status = 'CLOSED'")
    op.create_check_constraint(op.f("ck_plan_ended_on"), "plan", "ended_on IS NOT NULL OR status <> 'CLOSED'")
    op.add_column("plan", sa.Column("predecessor_id", sa.Uuid(), comment="the plan it was drawn up from"))
    op.create_foreign_key(op.f("fk_plan_predecessor_id"), "plan", "plan", ["predecessor_id"], ["id"])
    op.add_column(
        "enrolment_wait",
        sa.Column(
            "linked",
            postgresql.ARRAY(sa.Uuid()),
            server_default="{}",
            nullable=False,
            comment="planned services that stood in the plan before, and stay when the enrolment ends",
        ),
    )


def downgrade() -> None:
    """Undo it."""
    op.drop_column("enrolment_wait", "linked")
    op.drop_constraint(op.f("fk_plan_predecessor_id"), "plan")
    op.drop_column("plan", "predecessor_id")
    op.drop_constraint(op.f("ck_plan_ended_on"), "plan")
    op.drop_column("plan", "ended_on")
