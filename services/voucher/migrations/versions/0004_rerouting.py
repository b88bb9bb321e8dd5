"""Vouchers that change their provider: re-routes, and the units held for the provider left."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_USED = {
    "units_used": "units_held >= 0 and units_redeemed + units_held <= units_granted",
    "value_used": "held_cents >= 0 and redeemed_cents + held_cents <= max_value",
}


def upgrade() -> None:
    """Make the table and the columns."""
    op.add_column("voucher", sa.Column("units_held", sa.Integer(), server_default="0", nullable=False))
    op.add_column("voucher", sa.Column("held_cents", sa.BigInteger(), server_default="0", nullable=False))
    op.add_column("voucher", sa.Column("served_from", sa.Date(), nullable=True))
    for name, rule in _USED.items():
        op.create_check_constraint(op.f(f"ck_voucher_{name}"), "voucher", rule, postgresql_not_valid=True)
        op.execute(f"alter table voucher validate constraint ck_voucher_{name}")
    op.create_table(
        "voucher_reroute",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("voucher_id", sa.Uuid(), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("contract_id", sa.Uuid(), nullable=False),
        sa.Column("agreed_price", sa.BigInteger(), nullable=False),
        sa.Column("county_share", sa.BigInteger(), nullable=False),
        sa.Column("cause", sa.String(length=40), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("cut_off", sa.Date(), nullable=False),
        sa.Column("claim_until", sa.Date(), nullable=False),
        sa.Column("declare_due", sa.Date(), nullable=True),
        sa.Column("units_held", sa.Integer(), nullable=False),
        sa.Column("units_claimed", sa.Integer(), nullable=False),
        sa.Column("units_freed", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "cause in ('CONTRACT', 'PROVIDER_QUIT', 'CLIENT_CHANGE')", name=op.f("ck_voucher_reroute_cause")
        ),
        sa.CheckConstraint(
            "units_claimed >= 0 and units_freed >= 0 and units_claimed + units_freed <= units_held",
            name=op.f("ck_voucher_reroute_units"),
        ),
        sa.CheckConstraint("county_share between 0 and agreed_price", name=op.f("ck_voucher_reroute_share")),
        sa.ForeignKeyConstraint(["voucher_id"], ["voucher.id"], name=op.f("fk_voucher_reroute_voucher_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voucher_reroute")),
        comment="providers that vouchers left, with the units held for their claims (VOUCHER-9); amounts in cents",
    )
    op.create_index(op.f("ix_voucher_reroute_voucher_id_created_at"), "voucher_reroute", ["voucher_id", "created_at"])
    op.create_index(op.f("ix_voucher_reroute_provider_id"), "voucher_reroute", ["provider_id"])
    op.create_index(
        "ix_voucher_reroute_open",
        "voucher_reroute",
        ["claim_until"],
        postgresql_where=sa.text("units_held > units_claimed + units_freed"),
    )


def downgrade() -> None:
    """Undo it."""
    op.drop_table("voucher_reroute")
    for name in _USED:
        op.drop_constraint(op.f(f"ck_voucher_{name}"), "voucher")
    for name in ("served_from", "held_cents", "units_held"):
        op.drop_column("voucher", name)
