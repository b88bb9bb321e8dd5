"""Who declined a voucher and is not offered for it again."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_REASONS = ["CAPACITY", "CLIENT_SAFETY", "STAFF_COMPETENCE", "CONFLICT", "OTHER", "TIMED_OUT"]


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "voucher_decline",
        sa.Column("voucher_id", sa.Uuid(), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("declined_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "reason in (" + ", ".join(f"'{reason}'" for reason in _REASONS) + ")",
            name=op.f("ck_voucher_decline_reason"),
        ),
        sa.ForeignKeyConstraint(["voucher_id"], ["voucher.id"], name=op.f("fk_voucher_decline_voucher_id")),
        sa.PrimaryKeyConstraint("voucher_id", "provider_id", name=op.f("pk_voucher_decline")),
        comment="providers that declined a voucher, or did not accept it in time, each with its first refusal",
    )


def downgrade() -> None:
    """Undo it."""
    op.drop_table("voucher_decline")
