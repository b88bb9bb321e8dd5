"""No client pays a provider where nobody may ask it: the database's own truth for vouchers and claims (INV-12)."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_FEW = "client_pays or coalesce(client_share, 0) = 0"
_CLAIM = "client_share = 0 or client_pays or state = 'REJECTED'"
_BEFORE = {
    "no_client_share": "regime <> 'ASIAKASSETELI' or coalesce(client_share, 0) = 0",
    "free": "fee_rule <> 'FREE' or coalesce(client_share, 0) = 0",
}


def upgrade() -> None:
    """Make the columns, their foreign key and the rules."""
    may = sa.Computed("regime = 'PALVELUSETELI' and fee_rule <> 'FREE'", persisted=True)
    op.add_column("voucher", sa.Column("client_pays", sa.Boolean(), may, nullable=True))
    op.create_unique_constraint(op.f("uq_voucher_id_client_pays"), "voucher", ["id", "client_pays"])
    for name in _BEFORE:
        op.drop_constraint(op.f(f"ck_voucher_{name}"), "voucher")
    op.create_check_constraint(op.f("ck_voucher_no_client_share"), "voucher", _FEW, postgresql_not_valid=True)
    op.execute("alter table voucher validate constraint ck_voucher_no_client_share")
    op.add_column(
        "redemption",
        sa.Column("client_pays", sa.Boolean(), nullable=True, comment="the voucher's own, by foreign key (INV-12)"),
    )
    op.execute("update redemption set client_pays = v.client_pays from voucher v where v.id = voucher_id")
    op.alter_column("redemption", "client_pays", nullable=False)
    op.create_foreign_key(
        op.f("fk_redemption_voucher_id_client_pays"),
        "redemption",
        "voucher",
        ["voucher_id", "client_pays"],
        ["id", "client_pays"],
        postgresql_not_valid=True,
    )
    op.create_check_constraint(op.f("ck_redemption_client_share"), "redemption", _CLAIM, postgresql_not_valid=True)
    for name in ("fk_redemption_voucher_id_client_pays", "ck_redemption_client_share"):
        op.execute(f"alter table redemption validate constraint {name}")


def downgrade() -> None:
    """Undo it."""
    op.drop_column("redemption", "client_pays")
    op.drop_constraint(op.f("ck_voucher_no_client_share"), "voucher")
    for name, rule in _BEFORE.items():
        op.create_check_constraint(op.f(f"ck_voucher_{name}"), "voucher", rule)
    op.drop_column("voucher", "client_pays")
