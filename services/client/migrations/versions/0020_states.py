"""The state of a row is called its state, as everywhere else."""

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

TABLES = (
    "assessment",
    "client",
    "consent",
    "decision",
    "direct_choice",
    "relationship",
    "representative",
    "team",
)


def upgrade() -> None:
    """Rename the columns and the constraints that list their words; what depends on a column follows it."""
    for table in TABLES:
        op.alter_column(table, "status", new_column_name="state")
        op.execute(f"alter table {table} rename constraint ck_{table}_status to ck_{table}_state")
    op.alter_column("contract_copy", "status", new_column_name="state")


def downgrade() -> None:
    """Undo it."""
    op.alter_column("contract_copy", "state", new_column_name="status")
    for table in TABLES:
        op.execute(f"alter table {table} rename constraint ck_{table}_state to ck_{table}_status")
        op.alter_column(table, "state", new_column_name="status")
