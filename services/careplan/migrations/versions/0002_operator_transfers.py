"""Transfers of the responsible operator, and the turn a plan's operator is in (PLAN-15, INV-02)."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def _word(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=30)


def upgrade() -> None:
    """Make the table and the column; plans that are there are in their first turn."""
    op.add_column(
        "plan",
        sa.Column(
            "operator_epoch",
            sa.Integer(),
            server_default="1",
            nullable=False,
            comment="which operator in turn; a write read in another turn is refused (INV-02)",
        ),
    )
    op.create_check_constraint(op.f("ck_plan_operator_epoch"), "plan", "operator_epoch >= 1")
    op.create_table(
        "operator_transfer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("from_organisation_id", sa.Uuid(), nullable=False),
        sa.Column("to_organisation_id", sa.Uuid(), nullable=False),
        sa.Column("to_unit_id", sa.Uuid(), nullable=False),
        sa.Column("to_kind", _word("to_kind", "COUNTY_ENTERPRISE", "DIRECT_CHOICE_HSSC"), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column(
            "status", _word("status", "OFFERED", "ACCEPTED", "COMMITTED", "DECLINED", "WITHDRAWN"), nullable=False
        ),
        sa.Column("ordered", sa.Boolean(), nullable=False),
        sa.Column("end_reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "from_organisation_id <> to_organisation_id", name=op.f("ck_operator_transfer_two_organisations")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_operator_transfer_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_operator_transfer")),
        comment="a plan is handed over (PLAN-15): one at a time, and one out of each operator's turn",
    )
    for column in ("plan_id", "from_organisation_id", "to_organisation_id"):
        op.create_index(op.f(f"ix_operator_transfer_{column}"), "operator_transfer", [column])
    op.create_index(
        "uq_operator_transfer_under_way",
        "operator_transfer",
        ["plan_id"],
        unique=True,
        postgresql_where=sa.text("status IN ('OFFERED', 'ACCEPTED')"),
    )
    op.create_index(
        "uq_operator_transfer_committed",
        "operator_transfer",
        ["plan_id", "epoch"],
        unique=True,
        postgresql_where=sa.text("status = 'COMMITTED'"),
    )


def downgrade() -> None:
    """Undo it."""
    op.drop_table("operator_transfer")
    op.drop_constraint(op.f("ck_plan_operator_epoch"), "plan")
    op.drop_column("plan", "operator_epoch")
