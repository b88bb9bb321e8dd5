"""How a row stands is its state."""

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

OWN = (
    "plan",
    "plan_service",
    "consultation",
    "acknowledgement",
    "deviation",
    "operator_transfer",
    "chain_step",
    "reroute_case",
    "publication",
)
COPIES = ("client_copy", "provider_copy", "contract_copy", "voucher_copy", "enrolment_copy")


def upgrade() -> None:
    """Rename columns and the checks of their words; indexes and checks follow their columns."""
    _rename("status", "state")


def downgrade() -> None:
    """Undo it."""
    _rename("state", "status")


def _rename(before: str, after: str) -> None:
    for table in (*OWN, *COPIES):
        op.alter_column(table, before, new_column_name=after)
    op.alter_column("plan_service_pause", f"{before}_before", new_column_name=f"{after}_before")
    for table, word in (*((table, "") for table in OWN), ("plan_service_pause", "_before")):
        op.execute(f"alter table {table} rename constraint ck_{table}_{before}{word} to ck_{table}_{after}{word}")
