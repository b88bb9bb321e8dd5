"""Appeals and changes of decisions: what a decision says stands beside its state."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

CHECKS = {
    "status": "status in ('PENDING', 'GRANTED', 'PARTLY', 'REJECTED', 'APPEALED', 'UPHELD', 'CHANGED')",
    "outcome": "outcome in ('GRANTED', 'PARTLY', 'REJECTED')",
    "period": "outcome = 'REJECTED' or (from_date is not null and to_date >= from_date)",
    "answer": "status not in ('PENDING', 'GRANTED', 'PARTLY', 'REJECTED') or status = outcome",
    "appeal": "status not in ('APPEALED', 'UPHELD') or jsonb_array_length(appeals) > 0",
    "change": "(jsonb_array_length(earlier) > 0) = (effective_date is not null)"
    " and (status <> 'CHANGED' or effective_date is not null)",
}
BEFORE = {
    "status": "status in ('PENDING', 'GRANTED', 'PARTLY', 'REJECTED')",
    "period": "status = 'REJECTED' or (from_date is not null and to_date >= from_date)",
}


def upgrade() -> None:
    """Add the columns; what stands was decided by who made it, and nobody has appealed."""
    none = sa.text("'[]'::jsonb")
    op.add_column("decision", sa.Column("outcome", sa.String(40), nullable=True))
    op.add_column("decision", sa.Column("decided_by", sa.Text(), nullable=True))
    op.add_column(
        "decision",
        sa.Column("effective_date", sa.Date(), nullable=True, comment="the first day the last change counts"),
    )
    for name, comment in (("appeals", None), ("earlier", "what it said before each change")):
        column = sa.Column(name, postgresql.JSONB(), server_default=none, nullable=False, comment=comment)
        op.add_column("decision", column)
        op.alter_column("decision", name, server_default=None)
    op.execute("update decision set outcome = status, decided_by = created_by")
    op.alter_column("decision", "outcome", nullable=False)
    op.alter_column("decision", "decided_by", nullable=False)
    _replace(BEFORE, CHECKS)


def downgrade() -> None:
    """Undo it; decisions that were appealed or changed are again what they say."""
    op.execute("update decision set status = outcome")
    _replace(CHECKS, BEFORE)
    for column in ("earlier", "appeals", "effective_date", "decided_by", "outcome"):
        op.drop_column("decision", column)


def _replace(before: dict[str, str], after: dict[str, str]) -> None:
    for name in before:
        op.drop_constraint(op.f(f"ck_decision_{name}"), "decision", type_="check")
    for name, condition in after.items():
        op.create_check_constraint(op.f(f"ck_decision_{name}"), "decision", condition)
