"""What counts against contracts, and the sanctions it is cause for."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

GROUNDS = ("UNJUSTIFIED_DEVIATION", "OVERDUE_ACKNOWLEDGEMENT", "REFUSAL_NOT_ALLOWED", "FALSE_REDEMPTION")
CHECKS = {
    "ground": f"ground in {GROUNDS}",
    "counted": "(ground is null) = (counted_to = 0)",
}


def upgrade() -> None:
    """Make the table, add the columns."""
    op.create_table(
        "breach",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("county_scheme", sa.Text(), nullable=False),
        sa.Column("county_code", sa.Text(), nullable=False),
        sa.Column("contract_id", sa.Uuid(), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column(
            "ground", sa.Enum(*GROUNDS, name="ground", native_enum=False, create_constraint=True), nullable=False
        ),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("noted_on", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("county_code ~ '^[0-9]{2}$'", name=op.f("ck_breach_county")),
        sa.CheckConstraint("county_scheme in ('MAAKUNTA_2017', 'HVA_2023')", name=op.f("ck_breach_scheme")),
        sa.CheckConstraint("number > 0", name=op.f("ck_breach_number_positive")),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.uid"], name=op.f("fk_breach_contract_id")),
        sa.ForeignKeyConstraint(["provider_id"], ["provider.uid"], name=op.f("fk_breach_provider_id")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_breach")),
        sa.UniqueConstraint("contract_id", "ground", "number", name="uq_breach_number"),
        sa.UniqueConstraint("contract_id", "ground", "subject_id", "noted_on", name="uq_breach_subject_day"),
        comment="what counts against contracts; rows are added only",
    )
    op.create_index("ix_breach_contract_id_created_at_uid", "breach", ["contract_id", "created_at", "uid"])
    op.create_index(
        "uq_breach_subject",
        "breach",
        ["contract_id", "ground", "subject_id"],
        unique=True,
        postgresql_where=sa.text("ground in ('UNJUSTIFIED_DEVIATION', 'FALSE_REDEMPTION')"),
    )
    op.add_column("sanction", sa.Column("ground", sa.String(23), nullable=True))
    op.add_column("sanction", sa.Column("counted_to", sa.Integer(), nullable=False, server_default="0"))
    for name, rule in CHECKS.items():
        op.execute(f"alter table sanction add constraint ck_sanction_{name} check ({rule}) not valid")
        op.execute(f"alter table sanction validate constraint ck_sanction_{name}")
    op.create_index(
        "uq_sanction_pending",
        "sanction",
        ["contract_id", "ground"],
        unique=True,
        postgresql_where=sa.text("ground is not null and state in ('PROPOSED', 'HEARING')"),
    )


def downgrade() -> None:
    """Undo it."""
    op.drop_index("uq_sanction_pending", table_name="sanction")
    for name in CHECKS:
        op.drop_constraint(op.f(f"ck_sanction_{name}"), "sanction")
    op.drop_column("sanction", "counted_to")
    op.drop_column("sanction", "ground")
    op.drop_table("breach")
