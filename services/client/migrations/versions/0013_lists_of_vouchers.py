"""The digest of the list of providers that guidance for a voucher showed."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; it was not told before."""
    op.add_column("guidance", sa.Column("list_digest", sa.Text(), server_default="", nullable=False))
    op.create_check_constraint(op.f("ck_guidance_list"), "guidance", "list_digest = '' or voucher_id is not null")


def downgrade() -> None:
    """Undo it."""
    op.drop_constraint(op.f("ck_guidance_list"), "guidance", type_="check")
    op.drop_column("guidance", "list_digest")
