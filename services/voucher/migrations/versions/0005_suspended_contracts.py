"""From when a contract is suspended, and until when its clients are served on."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the columns."""
    op.add_column("contract_copy", sa.Column("suspended_from", sa.Date(), nullable=True))
    op.add_column("contract_copy", sa.Column("served_until", sa.Date(), nullable=True))


def downgrade() -> None:
    """Undo it."""
    op.drop_column("contract_copy", "served_until")
    op.drop_column("contract_copy", "suspended_from")
