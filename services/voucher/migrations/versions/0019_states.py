"""A state is called state, in every table."""

from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

OWN = ("budget", "commitment", "charge", "settlement", "direct_payment", "enrolment_envelope")
COPIES = ("client_copy", "provider_copy", "contract_copy", "plan_copy", "plan_service_copy")


def upgrade() -> None:
    """Rename the columns and what checks them."""
    _rename("status", "state")


def downgrade() -> None:
    """Undo it."""
    _rename("state", "status")


def _rename(old: str, new: str) -> None:
    for table in (*OWN, *COPIES):
        op.alter_column(table, old, new_column_name=new)
    op.alter_column("quote", f"fee_{old}", new_column_name=f"fee_{new}")
    for table in OWN:
        op.execute(f"alter table {table} rename constraint ck_{table}_{old} to ck_{table}_{new}")
    op.execute(f"alter table quote rename constraint ck_quote_fee_{old} to ck_quote_fee_{new}")
