"""A payment made in error is taken back: REVERSE_SPEND."""

from alembic import op

revision = "0006"
down_revision = "0005"
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
]
_REVERSALS = [("REVERSE_SPEND", "SPENT", "AVAILABLE"), ("REVERSE_SPEND", "SPENT", "COMMITTED")]


def _legal(moves: list[tuple[str, str, str]]) -> None:
    rule = " or ".join(
        f"(op = '{name}' and credit = '{credit}' and debit = '{debit}')" for name, credit, debit in moves
    )
    op.drop_constraint(op.f("ck_ledger_entry_legal_move"), "ledger_entry")
    op.create_check_constraint(op.f("ck_ledger_entry_legal_move"), "ledger_entry", rule, postgresql_not_valid=True)
    op.execute("alter table ledger_entry validate constraint ck_ledger_entry_legal_move")


def upgrade() -> None:
    """Let the ledger take a payment back."""
    _legal(_BEFORE + _REVERSALS)


def downgrade() -> None:
    """Undo it."""
    _legal(_BEFORE)
