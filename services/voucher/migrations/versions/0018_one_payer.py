"""A delivery has one payer: a claim on a voucher or a charge on a commitment."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

TAKEN = ("delivery_id", "payer", "payer_id")
PAYERS = {
    "redemption": "case when state not in ('REJECTED', 'REVERSED') then 'REDEMPTION' end",
    "charge": "case when status <> 'REJECTED' then 'CHARGE' end",
}
REJECT = """
    update charge set status = 'REJECTED', reject_code = 'PAID_BY_VOUCHER', amount = 0
    from commitment c, redemption r
    where c.id = charge.commitment_id and r.delivery_id = charge.delivery_id
      and r.state not in ('REJECTED', 'REVERSED')
      and (charge.status = 'RECORDED'
           or (charge.status = 'ACCEPTED' and charge.settlement_id is null and c.status = 'COMMITTED'))
"""
RECORD = """
    insert into paid_delivery (delivery_id, payer, payer_id)
    select delivery_id, payer, id from {table} where payer is not null
    on conflict do nothing
"""
PROVE = """
    do $$ begin
        if not exists (
            select from charge left join paid_delivery d on d.payer_id = charge.id
            where charge.payer is not null and d.payer_id is null
        ) then
            alter table charge validate constraint fk_charge_delivery_id_payer_id;
        end if;
        alter table redemption validate constraint fk_redemption_delivery_id_payer_id;
    end $$
"""


def upgrade() -> None:
    """Record who pays for what is claimed and charged.

    A charge for what a voucher pays is rejected while no money has left its commitment. One that is booked, in a batch
    or on an ended commitment is left: its money is the county's to recover, and the ledger's proof names it. The
    constraint holds for every row from now on, but is not proved for such old ones.
    """
    op.execute(REJECT)
    op.create_table(
        "paid_delivery",
        sa.Column("delivery_id", sa.Uuid(), nullable=False),
        sa.Column("payer", sa.Text(), nullable=False),
        sa.Column("payer_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("payer in ('REDEMPTION', 'CHARGE')", name=op.f("ck_paid_delivery_payer")),
        sa.PrimaryKeyConstraint("delivery_id", name=op.f("pk_paid_delivery")),
        sa.UniqueConstraint(
            "delivery_id", "payer", "payer_id", name=op.f("uq_paid_delivery_delivery_id_payer_payer_id")
        ),
        comment="who pays for a delivery, at most one (INV-06); claims and charges that count refer to their row",
    )
    for table, payer in PAYERS.items():
        op.add_column(table, sa.Column("payer", sa.Text(), sa.Computed(payer, persisted=True), nullable=True))
        op.execute(RECORD.format(table=table))
    for table in PAYERS:
        op.create_foreign_key(
            op.f(f"fk_{table}_delivery_id_payer_id"),
            table,
            "paid_delivery",
            ["delivery_id", "payer", "id"],
            [*TAKEN],
            postgresql_not_valid=True,
        )
    op.execute(PROVE)


def downgrade() -> None:
    """Undo it."""
    for table in reversed(PAYERS):
        op.drop_constraint(op.f(f"fk_{table}_delivery_id_payer_id"), table, type_="foreignkey")
        op.drop_column(table, "payer")
    op.drop_table("paid_delivery")
