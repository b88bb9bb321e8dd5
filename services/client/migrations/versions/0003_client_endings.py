"""How a client leaves the register: when registered, moved, died, merged into whom."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; who is registered already was so when recorded, as far as is known."""
    op.add_column("client", sa.Column("registered_date", sa.Date(), nullable=True))
    op.add_column("client", sa.Column("moved_date", sa.Date(), nullable=True))
    op.add_column("client", sa.Column("moved_to_county", sa.Text(), server_default="", nullable=False))
    op.add_column("client", sa.Column("deceased_date", sa.Date(), nullable=True))
    op.add_column("client", sa.Column("merged_into_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(op.f("fk_client_merged_into_id"), "client", "client", ["merged_into_id"], ["id"])
    op.execute(
        "update client set registered_date = (created_at at time zone 'Europe/Helsinki')::date "
        "where status <> 'PROSPECT'"
    )


def downgrade() -> None:
    """Undo it."""
    op.drop_constraint(op.f("fk_client_merged_into_id"), "client", type_="foreignkey")
    for column in ("merged_into_id", "deceased_date", "moved_to_county", "moved_date", "registered_date"):
        op.drop_column("client", column)
