"""Direct choices of clients, and the plans that centres operate (PLAN-1, PROCESS-C10)."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table and the index."""
    op.create_table(
        "direct_choice_copy",
        sa.Column("choice_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("from_date", sa.Date(), nullable=False),
        sa.Column("ended_date", sa.Date()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("choice_id", name=op.f("pk_direct_choice_copy")),
        comment="direct choices of centres and dental units, of the client service",
    )
    op.create_index(op.f("ix_direct_choice_copy_client_id"), "direct_choice_copy", ["client_id"])
    op.create_index(
        "ix_plan_operator_organisation_id_centre",
        "plan",
        ["operator_organisation_id"],
        postgresql_where=sa.text("operator_kind = 'DIRECT_CHOICE_HSSC'"),
    )


def downgrade() -> None:
    """Undo it."""
    op.drop_index("ix_plan_operator_organisation_id_centre", "plan")
    op.drop_table("direct_choice_copy")
