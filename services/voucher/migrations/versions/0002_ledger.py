"""The budget, its lines, the ledger and the triggers that make its balances the truth."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

POSTS = """
create function ledger_entry_posts() returns trigger language plpgsql as $$
begin
  update budget_line set
    appropriated = appropriated + case when new.credit = 'APPROPRIATION' then new.amount else 0 end,
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
create trigger posts before insert on ledger_entry for each row execute function ledger_entry_posts();
"""
"""An entry moves the balances of its line and source in its own statement; their checks refuse what goes below zero."""

GUARDS = """
create function ledger_forbidden() returns trigger language plpgsql as $$
begin
  raise restrict_violation using message = tg_table_name || ' is written by posting entries and in no other way';
end $$;
create function ledger_only_by_entries() returns trigger language plpgsql as $$
begin
  if pg_trigger_depth() < 2 then
    raise restrict_violation using message = tg_table_name || ' is written by posting entries and in no other way';
  end if;
  return new;
end $$;
create trigger never_changed before update or delete on ledger_entry for each row execute function ledger_forbidden();
create trigger never_emptied before truncate on ledger_entry execute function ledger_forbidden();
create trigger never_removed before delete on ledger_source for each row execute function ledger_forbidden();
create trigger never_emptied before truncate on ledger_source execute function ledger_forbidden();
create trigger only_by_entries before insert or update on ledger_source
  for each row execute function ledger_only_by_entries();
create trigger never_removed before delete on budget_line for each row execute function ledger_forbidden();
create trigger never_emptied before truncate on budget_line execute function ledger_forbidden();
create trigger starts_empty before insert on budget_line for each row
  when (new.appropriated <> 0 or new.available <> 0 or new.reserved <> 0 or new.committed <> 0 or new.spent <> 0
    or new.entries <> 0)
  execute function ledger_forbidden();
create trigger only_by_entries before update on budget_line for each row
  when ((old.id, old.budget_id, old.appropriated, old.available, old.reserved, old.committed, old.spent, old.entries)
    is distinct from
    (new.id, new.budget_id, new.appropriated, new.available, new.reserved, new.committed, new.spent, new.entries))
  execute function ledger_only_by_entries();
"""
"""Entries are never changed; balances change only inside the trigger above, whoever asks (INV-08)."""


def upgrade() -> None:
    """Make the tables and the triggers."""
    op.create_table(
        "budget",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("county_scheme", sa.Text(), nullable=False),
        sa.Column("county_code", sa.Text(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("status in ('PLANNED', 'APPROVED', 'CLOSED')", name=op.f("ck_budget_status")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_budget")),
        sa.UniqueConstraint(
            "county_scheme", "county_code", "fiscal_year", name=op.f("uq_budget_county_scheme_county_code_fiscal_year")
        ),
        comment="one budget for each county and year (S1.41)",
    )
    op.create_table(
        "budget_line",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("budget_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("planned", sa.BigInteger(), nullable=False),
        sa.Column("appropriated", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("available", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("reserved", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("committed", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("spent", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("entries", sa.BigInteger(), server_default="0", nullable=False),
        sa.CheckConstraint(
            "appropriated = available + reserved + committed + spent", name=op.f("ck_budget_line_adds_up")
        ),
        sa.CheckConstraint("available >= 0", name=op.f("ck_budget_line_available")),
        sa.CheckConstraint("committed >= 0", name=op.f("ck_budget_line_committed")),
        sa.CheckConstraint("planned >= 0", name=op.f("ck_budget_line_planned")),
        sa.CheckConstraint("reserved >= 0", name=op.f("ck_budget_line_reserved")),
        sa.CheckConstraint("spent >= 0", name=op.f("ck_budget_line_spent")),
        sa.ForeignKeyConstraint(["budget_id"], ["budget.id"], name=op.f("fk_budget_line_budget_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_budget_line")),
        sa.UniqueConstraint("budget_id", "code", name=op.f("uq_budget_line_budget_id_code")),
        comment="balances in cents, kept by the ledger's trigger alone (INV-08, INV-10)",
    )
    op.create_table(
        "budget_line_rule",
        sa.Column("budget_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("kind in ('SERVICE', 'TASK')", name=op.f("ck_budget_line_rule_kind")),
        sa.ForeignKeyConstraint(["budget_id"], ["budget.id"], name=op.f("fk_budget_line_rule_budget_id")),
        sa.ForeignKeyConstraint(["line_id"], ["budget_line.id"], name=op.f("fk_budget_line_rule_line_id")),
        sa.PrimaryKeyConstraint("budget_id", "kind", "key", name=op.f("pk_budget_line_rule")),
        comment="which line a service posts to: by its code, else by its task",
    )
    op.create_table(
        "ledger_entry",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("line_number", sa.BigInteger(), nullable=False, comment="set by the trigger"),
        sa.Column("source_type", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("op", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("credit", sa.Text(), nullable=False),
        sa.Column("debit", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=True),
        sa.Column("service_code", sa.Text(), nullable=True),
        sa.Column("correlation_id", sa.Text(), nullable=False),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "recorded_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.CheckConstraint(
            "(op = 'APPROPRIATE' and credit = 'APPROPRIATION' and debit = 'AVAILABLE')"
            " or (op = 'RESERVE' and credit = 'AVAILABLE' and debit = 'RESERVED')"
            " or (op = 'COMMIT' and credit = 'RESERVED' and debit = 'COMMITTED')"
            " or (op = 'UNCOMMIT' and credit = 'COMMITTED' and debit = 'RESERVED')"
            " or (op = 'RELEASE' and credit = 'COMMITTED' and debit = 'AVAILABLE')"
            " or (op = 'RELEASE' and credit = 'RESERVED' and debit = 'AVAILABLE')"
            " or (op = 'SPEND' and credit = 'COMMITTED' and debit = 'SPENT')",
            name=op.f("ck_ledger_entry_legal_move"),
        ),
        sa.CheckConstraint("(source_type = 'COUNCIL') = (op = 'APPROPRIATE')", name=op.f("ck_ledger_entry_council")),
        sa.CheckConstraint(
            "source_type = 'COUNCIL' or (client_id is not null and service_code is not null)",
            name=op.f("ck_ledger_entry_client"),
        ),
        sa.CheckConstraint("amount > 0", name=op.f("ck_ledger_entry_amount")),
        sa.CheckConstraint("seq > 0", name=op.f("ck_ledger_entry_seq")),
        sa.ForeignKeyConstraint(["line_id"], ["budget_line.id"], name=op.f("fk_ledger_entry_line_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_entry")),
        sa.UniqueConstraint("line_id", "line_number", name=op.f("uq_ledger_entry_line_id_line_number")),
        sa.UniqueConstraint(
            "source_type", "source_id", "op", "seq", name=op.f("uq_ledger_entry_source_type_source_id_op_seq")
        ),
        comment="double entries, each with the account that gives and the one that receives; never changed",
    )
    op.create_index(
        op.f("ix_ledger_entry_client_id_recorded_at"), "ledger_entry", ["client_id", "recorded_at"], unique=False
    )
    op.create_index(op.f("ix_ledger_entry_recorded_at_id"), "ledger_entry", ["recorded_at", "id"], unique=False)
    op.create_table(
        "ledger_source",
        sa.Column("source_type", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("service_code", sa.Text(), nullable=False),
        sa.Column("reserved", sa.BigInteger(), nullable=False),
        sa.Column("committed", sa.BigInteger(), nullable=False),
        sa.Column("spent", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("committed >= 0", name=op.f("ck_ledger_source_committed")),
        sa.CheckConstraint("reserved >= 0", name=op.f("ck_ledger_source_reserved")),
        sa.CheckConstraint("spent >= 0", name=op.f("ck_ledger_source_spent")),
        sa.ForeignKeyConstraint(["line_id"], ["budget_line.id"], name=op.f("fk_ledger_source_line_id")),
        sa.PrimaryKeyConstraint("source_type", "source_id", "line_id", name=op.f("pk_ledger_source")),
        comment="what each voucher, commitment and envelope holds on a line, kept by the ledger's trigger (INV-09)",
    )
    op.create_index(op.f("ix_ledger_source_client_id"), "ledger_source", ["client_id"], unique=False)
    # ### end Alembic commands ###
    op.execute(POSTS)
    op.execute(GUARDS)


def downgrade() -> None:
    """Undo it."""
    for table in ("ledger_source", "ledger_entry", "budget_line_rule", "budget_line", "budget"):
        op.drop_table(table)
    for function in ("ledger_entry_posts", "ledger_only_by_entries", "ledger_forbidden"):
        op.execute(f"drop function {function}")
