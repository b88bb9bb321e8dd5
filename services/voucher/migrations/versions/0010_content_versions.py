"""Every version of a voucher's content stays readable, and a delivery tells the way it was given (S2.18)."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table with the contents there are, and the column."""
    op.create_table(
        "voucher_content",
        sa.Column("voucher_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content_spec", postgresql.JSONB(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.CheckConstraint("version > 0", name=op.f("ck_voucher_content_version")),
        sa.ForeignKeyConstraint(["voucher_id"], ["voucher.id"], name=op.f("fk_voucher_content_voucher_id")),
        sa.PrimaryKeyConstraint("voucher_id", "version", name=op.f("pk_voucher_content")),
        comment="every version of a voucher's content (S2.18)",
    )
    op.execute(
        "insert into voucher_content (voucher_id, version, content_spec, created_at, created_by)"
        " select id, (content_spec ->> 'version')::integer, content_spec, created_at, created_by from voucher"
    )
    op.add_column("delivery_copy", sa.Column("mode", sa.Text(), server_default="", nullable=False))


def downgrade() -> None:
    """Undo it."""
    op.drop_column("delivery_copy", "mode")
    op.drop_table("voucher_content")
