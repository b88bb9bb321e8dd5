"""The last day of service of a voucher that was taken back (PLANBOUND-1, INV-07)."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; vouchers known so far have theirs with the next news of them."""
    op.add_column("voucher_copy", sa.Column("cut_off", sa.Date(), comment="its last day of service, before valid_to"))


def downgrade() -> None:
    """Undo it."""
    op.drop_column("voucher_copy", "cut_off")
