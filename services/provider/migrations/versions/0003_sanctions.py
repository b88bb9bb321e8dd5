"""Sanctions."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

STATES = ("PROPOSED", "HEARING", "IMPOSED", "WITHDRAWN", "REMEDIED", "EXPIRED", "ESCALATED")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "sanction",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("county_scheme", sa.Text(), nullable=False),
        sa.Column("county_code", sa.Text(), nullable=False),
        sa.Column("contract_id", sa.Uuid(), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("measure", postgresql.JSONB(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(*STATES, name="sanction_state", native_enum=False, create_constraint=True),
            nullable=False,
        ),
        sa.Column("hearing_due", sa.Date(), nullable=True),
        sa.Column("statement", sa.Text(), nullable=True),
        sa.Column("imposed_on", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("escalated_from", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("county_code ~ '^[0-9]{2}$'", name=op.f("ck_sanction_county")),
        sa.CheckConstraint("county_scheme in ('MAAKUNTA_2017', 'HVA_2023')", name=op.f("ck_sanction_scheme")),
        sa.CheckConstraint("state <> 'IMPOSED' or imposed_on is not null", name=op.f("ck_sanction_imposed_when")),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.uid"], name=op.f("fk_sanction_contract_id")),
        sa.ForeignKeyConstraint(["provider_id"], ["provider.uid"], name=op.f("fk_sanction_provider_id")),
        sa.ForeignKeyConstraint(["escalated_from"], ["sanction.uid"], name=op.f("fk_sanction_escalated_from")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_sanction")),
        comment="sanctions against providers",
    )
    op.create_index("ix_sanction_contract_id", "sanction", ["contract_id"])
    op.create_index("ix_sanction_created_at_uid", "sanction", ["created_at", "uid"])
    op.create_index("ix_sanction_until", "sanction", ["until"], postgresql_where=sa.text("state = 'IMPOSED'"))


def downgrade() -> None:
    """Undo it."""
    op.drop_table("sanction")
