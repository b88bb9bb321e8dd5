"""What choosing a provider costs, told before the choice and held for a time."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "quote",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("voucher_id", sa.Uuid(), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("contract_id", sa.Uuid(), nullable=False),
        sa.Column("line_unit_ids", postgresql.ARRAY(sa.Uuid(), as_tuple=True), nullable=False),
        sa.Column("unit_ids", postgresql.ARRAY(sa.Uuid(), as_tuple=True), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("unit_price", sa.BigInteger(), nullable=False),
        sa.Column("county_share", sa.BigInteger(), nullable=False),
        sa.Column("client_share", sa.BigInteger(), nullable=False),
        sa.Column("fee_rule", sa.Text(), nullable=False),
        sa.Column("fee_status", sa.String(length=40), nullable=False),
        sa.Column("fee_per", sa.String(length=40), nullable=False),
        sa.Column("fee_amount", sa.BigInteger(), nullable=True),
        sa.Column("options_digest", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "fee_status in ('CHARGED', 'INCOME_STATEMENT_MISSING', 'FEE_RULE_MISSING')",
            name=op.f("ck_quote_fee_status"),
        ),
        sa.CheckConstraint("fee_per in ('NOTHING', 'UNIT', 'MONTH')", name=op.f("ck_quote_fee_per")),
        sa.CheckConstraint("county_share + client_share = unit_price", name=op.f("ck_quote_shares")),
        sa.CheckConstraint("county_share >= 0 and client_share >= 0", name=op.f("ck_quote_not_negative")),
        sa.CheckConstraint("units > 0 and position > 0", name=op.f("ck_quote_counts")),
        sa.CheckConstraint("(fee_status = 'CHARGED') = (fee_amount is not null)", name=op.f("ck_quote_fee")),
        sa.ForeignKeyConstraint(["voucher_id"], ["voucher.id"], name=op.f("fk_quote_voucher_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quote")),
        comment="what choosing a provider costs, told before the choice (QUOTE-1); cents a unit",
    )
    op.create_index(op.f("ix_quote_voucher_id_created_at_id"), "quote", ["voucher_id", "created_at", "id"])


def downgrade() -> None:
    """Undo it."""
    op.drop_table("quote")
