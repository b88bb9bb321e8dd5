"""When the flags of a client may change by time alone."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; who is flagged now is looked at when something is told of them."""
    op.create_table(
        "attention_review",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("due_date", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_attention_review_client_id")),
        sa.PrimaryKeyConstraint("client_id", name=op.f("pk_attention_review")),
        comment="when WIDE_RANGE is derived anew although nobody did anything (ATTENTION-2)",
    )
    op.create_index(op.f("ix_attention_review_due_date"), "attention_review", ["due_date"])


def downgrade() -> None:
    """Undo it."""
    op.drop_table("attention_review")
