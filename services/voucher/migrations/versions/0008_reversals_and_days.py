"""Payments taken back and reduced; the days on which a planned service is paid."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_REJECT = ["EXPIRED", "NO_CONTRACT", "OVER_VALUE", "OVER_UNITS", "WRONG_SERVICE", "DUPLICATE", "NO_DELIVERY", "PRICE"]
_REJECT += ["LATE_CLAIM"]
_NEW_REJECT = ["PLAN_LINE_SUPERSEDED", "CLIENT_ABSENT"]
_REVOKE = ["DECISION_CHANGED", "NEED_ENDED", "MOVED", "DECEASED", "MISUSE", "ENROLMENT_FAILED", "PLAN_CLOSED"]
_NEW_REVOKE = ["CLIENT_MERGED", "COUNTY_TAKES_OVER"]
_ARRANGEMENTS = ["OWN", "DIRECT_CHOICE", "VOUCHER", "PURCHASE"]
_REASONS = ["ERROR", "FALSE_CLAIM", "CLIENT_GONE"]


def _check(table: str, name: str, rule: str) -> None:
    op.drop_constraint(op.f(f"ck_{table}_{name}"), table)
    op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, rule, postgresql_not_valid=True)
    op.execute(f"alter table {table} validate constraint ck_{table}_{name}")


def _among(column: str, values: list[str]) -> str:
    return f"{column} in (" + ", ".join(f"'{value}'" for value in values) + ")"


def upgrade() -> None:
    """Make the tables and the column, and let the checks know the new words."""
    op.add_column("redemption", sa.Column("contract_id", sa.Uuid(), nullable=True, comment="by which it was accepted"))
    _check("redemption", "reject_code", _among("reject_code", _REJECT + _NEW_REJECT))
    _check("voucher", "revoke_reason", _among("revoke_reason", _REVOKE + _NEW_REVOKE))
    _check("settlement_item", "kind", _among("kind", ["REDEMPTION", "CHARGE", "REDUCTION", "REVERSAL"]))
    _check(
        "settlement_item", "amount", "case when kind in ('REDUCTION', 'REVERSAL') then amount < 0 else amount >= 0 end"
    )
    op.create_table_comment(
        "settlement_item",
        "redemptions and charges of a batch, and what it keeps back; the key keeps each in one batch only (INV-11)",
    )
    _reversal()
    _copies()


def _reversal() -> None:
    op.create_table(
        "reversal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("redemption_id", sa.Uuid(), nullable=False),
        sa.Column("voucher_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recovered", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(_among("reason", _REASONS), name=op.f("ck_reversal_reason")),
        sa.CheckConstraint("cents >= 0", name=op.f("ck_reversal_cents")),
        sa.CheckConstraint("recovered between 0 and cents", name=op.f("ck_reversal_recovered")),
        sa.ForeignKeyConstraint(["redemption_id"], ["redemption.id"], name=op.f("fk_reversal_redemption_id")),
        sa.ForeignKeyConstraint(["voucher_id"], ["voucher.id"], name=op.f("fk_reversal_voucher_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reversal")),
        sa.UniqueConstraint("redemption_id", name=op.f("uq_reversal_redemption_id")),
        comment="corrections of claims that were paid in error, each claim once; cents",
    )
    op.create_index(op.f("ix_reversal_voucher_id"), "reversal", ["voucher_id"])
    op.create_index(op.f("ix_reversal_created_at_id"), "reversal", ["created_at", "id"])
    op.create_index(op.f("ix_reversal_provider_id_created_at_id"), "reversal", ["provider_id", "created_at", "id"])
    op.create_index(
        "ix_reversal_open",
        "reversal",
        ["provider_id", "created_at", "id"],
        postgresql_where=sa.text("recovered < cents"),
    )


def _copies() -> None:
    op.create_table(
        "plan_line_copy",
        sa.Column("plan_service_id", sa.Uuid(), nullable=False),
        sa.Column("major", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("since", sa.Date(), nullable=False, comment="the day the version came into force"),
        sa.Column("planned", sa.Boolean(), nullable=False),
        sa.Column("service_code", sa.Text(), nullable=False),
        sa.Column("arrangement", sa.String(length=40), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=True),
        sa.Column("from_date", sa.Date(), nullable=False),
        sa.Column("to_date", sa.Date(), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("modes", sa.ARRAY(sa.Text()), nullable=False),
        sa.CheckConstraint(_among("arrangement", _ARRANGEMENTS), name=op.f("ck_plan_line_copy_arrangement")),
        sa.PrimaryKeyConstraint("plan_service_id", "major", name=op.f("pk_plan_line_copy")),
        comment="what each MAJOR version of a plan says about a service; a version never changes (PLANBOUND-1)",
    )
    op.create_table(
        "service_pause_copy",
        sa.Column("plan_service_id", sa.Uuid(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("resumed", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("plan_service_id", "first", name=op.f("pk_service_pause_copy")),
        comment="absences of clients from planned services",
    )
    op.create_table(
        "sanction_copy",
        sa.Column("sanction_id", sa.Uuid(), nullable=False),
        sa.Column("contract_id", sa.Uuid(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("percent between 0 and 100", name=op.f("ck_sanction_copy_percent")),
        sa.PrimaryKeyConstraint("sanction_id", name=op.f("pk_sanction_copy")),
        comment="sanctions that reduce payments for the days of service told; without days they reduce nothing",
    )
    op.create_index(op.f("ix_sanction_copy_contract_id"), "sanction_copy", ["contract_id"])


def downgrade() -> None:
    """Undo it."""
    for table in ("sanction_copy", "service_pause_copy", "plan_line_copy", "reversal"):
        op.drop_table(table)
    op.create_table_comment(
        "settlement_item", "redemptions and charges of a batch; the key keeps each in one batch only (INV-11)"
    )
    _check("settlement_item", "amount", "amount >= 0")
    _check("settlement_item", "kind", _among("kind", ["REDEMPTION", "CHARGE"]))
    _check("voucher", "revoke_reason", _among("revoke_reason", _REVOKE))
    _check("redemption", "reject_code", _among("reject_code", _REJECT))
    op.drop_column("redemption", "contract_id")
