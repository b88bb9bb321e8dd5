"""Vouchers bound to versions of their plan and to the newest state of their decision."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_CAUSES = ["SERVICE_CHANGED", "ARRANGEMENT_CHANGED", "MODE_CHANGED", "PROVIDER_CHANGED", "BEYOND_DECISION"]
_CAUSES += ["OVERLAPPING_VOUCHER", "BUDGET_EXHAUSTED", "VALUE_EXCEEDED"]


def upgrade() -> None:
    """Make the table, the columns and the index."""
    op.add_column("plan_copy", sa.Column("major", sa.Integer(), server_default="0", nullable=False))
    op.add_column(
        "decision_copy",
        sa.Column("effective", sa.Date(), nullable=True, comment="the first day its newest change counts"),
    )
    op.create_index(op.f("ix_voucher_decision_id"), "voucher", ["decision_id"])
    op.create_table(
        "voucher_plan_verdict",
        sa.Column("voucher_id", sa.Uuid(), nullable=False),
        sa.Column("major", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("verdict", sa.String(length=40), nullable=False),
        sa.Column("cause", sa.String(length=40), nullable=True),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "verdict in ('KEEP', 'AMEND', 'REVIEW', 'REVOKE')", name=op.f("ck_voucher_plan_verdict_verdict")
        ),
        sa.CheckConstraint(
            "cause in (" + ", ".join(f"'{cause}'" for cause in _CAUSES) + ")",
            name=op.f("ck_voucher_plan_verdict_cause"),
        ),
        sa.ForeignKeyConstraint(["voucher_id"], ["voucher.id"], name=op.f("fk_voucher_plan_verdict_voucher_id")),
        sa.PrimaryKeyConstraint("voucher_id", "major", name=op.f("pk_voucher_plan_verdict")),
        comment="what each MAJOR version of its plan did to a voucher; each judges it once",
    )


def downgrade() -> None:
    """Undo it."""
    op.drop_table("voucher_plan_verdict")
    op.drop_index(op.f("ix_voucher_decision_id"), "voucher")
    op.drop_column("decision_copy", "effective")
    op.drop_column("plan_copy", "major")
