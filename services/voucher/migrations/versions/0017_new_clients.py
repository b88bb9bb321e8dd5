"""How many new clients a contract takes in a month, and when providers were chosen."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

CHOSEN = ("voucher", "voucher_reroute")


def upgrade() -> None:
    """Make the columns and what finds them; choices made before have no day and count in no month."""
    op.add_column(
        "contract_line_copy", sa.Column("max_new_clients_month", sa.Integer(), server_default="0", nullable=False)
    )
    for table in CHOSEN:
        op.add_column(table, sa.Column("chosen_on", sa.Date(), nullable=True))
        op.create_index(op.f(f"ix_{table}_contract_id_chosen_on"), table, ["contract_id", "chosen_on"])


def downgrade() -> None:
    """Undo it."""
    for table in reversed(CHOSEN):
        op.drop_index(op.f(f"ix_{table}_contract_id_chosen_on"), table)
        op.drop_column(table, "chosen_on")
    op.drop_column("contract_line_copy", "max_new_clients_month")
