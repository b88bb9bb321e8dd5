"""Pauses of planned services while the client is away (PLANSERVICE-4)."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

STATES = (
    "PLANNED",
    "AWAITING_CHOICE",
    "ASSIGNED",
    "ACKNOWLEDGED",
    "IN_DELIVERY",
    "COMPLETED",
    "REROUTE",
    "SUSPENDED",
    "CANCELLED",
)


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "plan_service_pause",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_service_id", sa.Uuid(), nullable=False),
        sa.Column("from_date", sa.Date(), nullable=False),
        sa.Column("resumed_date", sa.Date(), comment="the first day it is delivered again; NULL: it rests"),
        sa.Column(
            "status_before",
            sa.Enum(*STATES, name="status_before", native_enum=False, create_constraint=True, length=30),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.CheckConstraint("from_date <= resumed_date", name=op.f("ck_plan_service_pause_period")),
        sa.ForeignKeyConstraint(
            ["plan_service_id"], ["plan_service.id"], name=op.f("fk_plan_service_pause_plan_service_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_service_pause")),
        comment="a planned service rests while the client is away (PLANSERVICE-4); one pause at a time",
    )
    op.create_index(op.f("ix_plan_service_pause_plan_service_id"), "plan_service_pause", ["plan_service_id"])
    op.create_index(
        "uq_plan_service_pause_running",
        "plan_service_pause",
        ["plan_service_id"],
        unique=True,
        postgresql_where=sa.text("resumed_date IS NULL"),
    )


def downgrade() -> None:
    """Undo it."""
    op.drop_table("plan_service_pause")
