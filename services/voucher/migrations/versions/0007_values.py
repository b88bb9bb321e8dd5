"""What vouchers are worth: dated parameters of values and fees, and statements of income, sealed."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_RULES = {
    "free": "fee_rule <> 'FREE' or coalesce(client_share, 0) = 0",
    "by_income": "value_kind <> 'INCOME_DEPENDENT'"
    " or (parameter_set_id is not null and income_statement_id is not null)",
}
_RESTS_ON = {"parameter_set_id": "parameter_set", "income_statement_id": "income_statement"}


def upgrade() -> None:
    """Make the tables, and let vouchers name what their value rests on."""
    _parameter_set()
    _income_statement()
    for column, table in _RESTS_ON.items():
        op.add_column("voucher", sa.Column(column, sa.Uuid(), nullable=True))
        key = op.f(f"fk_voucher_{column}")
        op.create_foreign_key(key, "voucher", table, [column], ["id"], postgresql_not_valid=True)
        op.execute(f"alter table voucher validate constraint {key}")
    for name, rule in _RULES.items():
        op.create_check_constraint(op.f(f"ck_voucher_{name}"), "voucher", rule, postgresql_not_valid=True)
        op.execute(f"alter table voucher validate constraint ck_voucher_{name}")


def _parameter_set() -> None:
    op.create_table(
        "parameter_set",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("county_scheme", sa.Text(), nullable=False),
        sa.Column("county_code", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False, comment="the care service of values, the fee rule of fees"),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("body", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind in ('VALUE', 'FEE')", name=op.f("ck_parameter_set_kind")),
        sa.CheckConstraint("number > 0", name=op.f("ck_parameter_set_number")),
        sa.CheckConstraint("valid_from <= valid_to", name=op.f("ck_parameter_set_period")),
        postgresql.ExcludeConstraint(
            (sa.text("text_range(kind || ':' || subject, kind || ':' || subject, '[]')"), "&&"),
            (sa.text("daterange(valid_from, valid_to, '[]')"), "&&"),
            where=sa.text("superseded_at is null"),
            using="gist",
            name="ex_parameter_set_overlap",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parameter_set")),
        comment="dated parameters of values and fees (MONEY-6); a version is superseded, never rewritten",
    )
    op.create_index("uq_parameter_set_version", "parameter_set", ["kind", "subject", "code", "number"], unique=True)
    op.create_index(op.f("ix_parameter_set_created_at_id"), "parameter_set", ["created_at", "id"])


def _income_statement() -> None:
    op.create_table(
        "income_statement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("county_scheme", sa.Text(), nullable=False),
        sa.Column("county_code", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False, comment="household, income and evidence, AES-256-GCM"),
        sa.Column("key_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("valid_from <= valid_to", name=op.f("ck_income_statement_period")),
        postgresql.ExcludeConstraint(
            (sa.text("uuid_range(client_id, client_id, '[]')"), "&&"),
            (sa.text("daterange(valid_from, valid_to, '[]')"), "&&"),
            where=sa.text("not withdrawn"),
            using="gist",
            name="ex_income_statement_overlap",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_income_statement")),
        comment="what households earn, for values and fees (INCOME-1); read by fee officials and the client alone",
    )
    op.create_index(
        op.f("ix_income_statement_client_id_created_at_id"), "income_statement", ["client_id", "created_at", "id"]
    )


def downgrade() -> None:
    """Undo it."""
    for name in _RULES:
        op.drop_constraint(op.f(f"ck_voucher_{name}"), "voucher")
    for column in _RESTS_ON:
        op.drop_column("voucher", column)
    op.drop_table("income_statement")
    op.drop_table("parameter_set")
