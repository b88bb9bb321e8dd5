"""Decisions about budget lines (AMEND, TRANSFER, OVERRIDE), direct payments, and choices of centres for capitation."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_BEFORE = [
    ("APPROPRIATE", "APPROPRIATION", "AVAILABLE"),
    ("RESERVE", "AVAILABLE", "RESERVED"),
    ("COMMIT", "RESERVED", "COMMITTED"),
    ("UNCOMMIT", "COMMITTED", "RESERVED"),
    ("RELEASE", "COMMITTED", "AVAILABLE"),
    ("RELEASE", "RESERVED", "AVAILABLE"),
    ("SPEND", "COMMITTED", "SPENT"),
    ("REVERSE_SPEND", "SPENT", "AVAILABLE"),
    ("REVERSE_SPEND", "SPENT", "COMMITTED"),
]
_ADDED = [
    ("AMEND", "APPROPRIATION", "AVAILABLE"),
    ("AMEND", "AVAILABLE", "APPROPRIATION"),
    ("TRANSFER", "APPROPRIATION", "AVAILABLE"),
    ("TRANSFER", "AVAILABLE", "APPROPRIATION"),
    ("OVERRIDE", "FINANCE", "OVERRUN"),
    ("DIRECT_SPEND", "AVAILABLE", "SPENT"),
]
_DECISIONS = "'AMEND', 'APPROPRIATE', 'OVERRIDE', 'TRANSFER'"

LINE_BEFORE = """
    appropriated = appropriated + case when new.credit = 'APPROPRIATION' then new.amount else 0 end,
"""
LINE_SINCE = """
    appropriated =
      appropriated + case 'APPROPRIATION' when new.credit then new.amount when new.debit then -new.amount else 0 end,
    overrun = overrun + case when new.debit = 'OVERRUN' then new.amount else 0 end,
"""
POSTS = """
create or replace function ledger_entry_posts() returns trigger language plpgsql as $$
begin
  update budget_line set{line}
    available = available + case 'AVAILABLE' when new.debit then new.amount when new.credit then -new.amount else 0 end,
    reserved = reserved + case 'RESERVED' when new.debit then new.amount when new.credit then -new.amount else 0 end,
    committed = committed + case 'COMMITTED' when new.debit then new.amount when new.credit then -new.amount else 0 end,
    spent = spent + case 'SPENT' when new.debit then new.amount when new.credit then -new.amount else 0 end,
    entries = entries + 1
  where id = new.line_id
  returning entries into new.line_number;
  if not found then
    raise foreign_key_violation using message = 'no such budget line';
  end if;
  if new.source_type <> 'COUNCIL' then
    update ledger_source set
      reserved = reserved + case 'RESERVED' when new.debit then new.amount when new.credit then -new.amount else 0 end,
      committed =
        committed + case 'COMMITTED' when new.debit then new.amount when new.credit then -new.amount else 0 end,
      spent = spent + case 'SPENT' when new.debit then new.amount when new.credit then -new.amount else 0 end
    where source_type = new.source_type and source_id = new.source_id and line_id = new.line_id;
    if not found then
      insert into ledger_source (source_type, source_id, line_id, client_id, service_code, reserved, committed, spent)
      values (new.source_type, new.source_id, new.line_id, new.client_id, new.service_code,
        case 'RESERVED' when new.debit then new.amount when new.credit then -new.amount else 0 end,
        case 'COMMITTED' when new.debit then new.amount when new.credit then -new.amount else 0 end,
        case 'SPENT' when new.debit then new.amount when new.credit then -new.amount else 0 end);
    end if;
  end if;
  return new;
end $$;
"""
"""As in 0002, with what the council takes back and with overruns."""

GUARD = """
drop trigger only_by_entries on budget_line;
create trigger only_by_entries before update on budget_line for each row
  when ((old.id, old.budget_id, old.appropriated, old.available, old.reserved, old.committed, old.spent, old.entries
    {more_old}) is distinct from
    (new.id, new.budget_id, new.appropriated, new.available, new.reserved, new.committed, new.spent, new.entries
    {more_new}))
  execute function ledger_only_by_entries();
"""


def _check(table: str, name: str, rule: str) -> None:
    """A check that is added without holding writers up, then validated."""
    op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, rule, postgresql_not_valid=True)
    op.execute(f"alter table {table} validate constraint ck_{table}_{name}")


def _replace(table: str, name: str, rule: str) -> None:
    op.drop_constraint(op.f(f"ck_{table}_{name}"), table)
    _check(table, name, rule)


def _legal(moves: list[tuple[str, str, str]]) -> None:
    rule = " or ".join(f"(op = '{name}' and credit = '{give}' and debit = '{take}')" for name, give, take in moves)
    _replace("ledger_entry", "legal_move", rule)


def upgrade() -> None:
    """Make the columns and tables, and teach the ledger its new operations."""
    op.add_column(
        "budget_line",
        sa.Column(
            "overrun",
            sa.BigInteger(),
            server_default="0",
            nullable=False,
            comment="how far available may go below 0: D-08",
        ),
    )
    op.add_column(
        "budget_line",
        sa.Column(
            "conditional",
            sa.Boolean(),
            server_default="true",
            nullable=False,
            comment="its budget is still PLANNED",
        ),
    )
    op.execute(
        "update budget_line set conditional = false"
        " where budget_id in (select id from budget where status <> 'PLANNED')"
    )
    _check("budget_line", "overrun", "overrun >= 0")
    limit = "available >= -(overrun + case when conditional then planned else 0 end)"
    _replace("budget_line", "available", limit)
    op.alter_column("ledger_source", "client_id", nullable=True, comment="absent for a direct payment to a provider")
    _legal(_BEFORE + _ADDED)
    _replace("ledger_entry", "council", f"(source_type = 'COUNCIL') = (op in ({_DECISIONS}))")
    _replace("ledger_entry", "client", "source_type in ('COUNCIL', 'DIRECT') or client_id is not null")
    paid = "who was paid, or from whom a payment was taken back"
    op.add_column("ledger_entry", sa.Column("provider_id", sa.Uuid(), nullable=True, comment=paid))
    _check("ledger_entry", "provider", "op <> 'SPEND' or provider_id is not null")
    _check("ledger_entry", "service", "source_type = 'COUNCIL' or service_code is not null")
    _check("ledger_entry", "direct_spend", "op <> 'DIRECT_SPEND' or source_type = 'DIRECT'")
    _check("ledger_entry", "direct", "source_type <> 'DIRECT' or op in ('DIRECT_SPEND', 'REVERSE_SPEND')")
    op.execute(POSTS.format(line=LINE_SINCE.rstrip()))
    op.execute(GUARD.format(more_old=", old.overrun", more_new=", new.overrun"))
    _make_tables()


def _make_tables() -> None:
    op.create_table(
        "direct_payment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("county_scheme", sa.Text(), nullable=False),
        sa.Column("county_code", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("service_code", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=True),
        sa.Column("provider_id", sa.Uuid(), nullable=True),
        sa.Column("month", sa.Date(), nullable=False, comment="its first day"),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("unit_price", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("reversal_reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind in ('ALLOWANCE', 'CAPITATION')", name=op.f("ck_direct_payment_kind")),
        sa.CheckConstraint("status in ('PAID', 'REVERSED')", name=op.f("ck_direct_payment_status")),
        sa.CheckConstraint(
            "(kind = 'ALLOWANCE') = (client_id is not null) and (kind = 'CAPITATION') = (provider_id is not null)",
            name=op.f("ck_direct_payment_payee"),
        ),
        sa.CheckConstraint("units > 0 and unit_price > 0", name=op.f("ck_direct_payment_amount")),
        sa.CheckConstraint("extract(day from month) = 1", name=op.f("ck_direct_payment_month")),
        sa.CheckConstraint("(status = 'REVERSED') = (reversal_reason <> '')", name=op.f("ck_direct_payment_reversed")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_direct_payment")),
        comment="allowances and capitation: spent without a reservation, each month once (PAYMENT-3); amounts in cents",
    )
    op.create_index(
        "uq_direct_payment_month",
        "direct_payment",
        ["kind", "service_code", sa.text("coalesce(client_id, provider_id)"), "month"],
        unique=True,
        postgresql_where=sa.text("status = 'PAID'"),
    )
    op.create_index(op.f("ix_direct_payment_created_at_id"), "direct_payment", ["created_at", "id"], unique=False)
    op.create_table(
        "direct_choice_copy",
        sa.Column("choice_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("from_date", sa.Date(), nullable=False),
        sa.Column("ended_date", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("choice_id", name=op.f("pk_direct_choice_copy")),
    )
    op.create_index(op.f("ix_direct_choice_copy_from_date"), "direct_choice_copy", ["from_date"], unique=False)


def downgrade() -> None:
    """Undo it."""
    op.drop_table("direct_choice_copy")
    op.drop_table("direct_payment")
    op.execute(POSTS.format(line=LINE_BEFORE.rstrip()))
    op.execute(GUARD.format(more_old="", more_new=""))
    for name in ("service", "provider", "direct_spend", "direct"):
        op.drop_constraint(op.f(f"ck_ledger_entry_{name}"), "ledger_entry")
    op.drop_column("ledger_entry", "provider_id")
    _replace(
        "ledger_entry", "client", "source_type = 'COUNCIL' or (client_id is not null and service_code is not null)"
    )
    _replace("ledger_entry", "council", "(source_type = 'COUNCIL') = (op = 'APPROPRIATE')")
    _legal(_BEFORE)
    op.alter_column("ledger_source", "client_id", nullable=False, comment=None)
    _replace("budget_line", "available", "available >= 0")
    op.drop_constraint(op.f("ck_budget_line_overrun"), "budget_line")
    op.drop_column("budget_line", "conditional")
    op.drop_column("budget_line", "overrun")
