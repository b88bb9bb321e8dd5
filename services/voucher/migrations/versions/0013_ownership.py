"""Who owns a provider, by which spending is told apart."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the column."""
    op.add_column("provider_copy", sa.Column("ownership", sa.Text(), server_default="", nullable=False))


def downgrade() -> None:
    """Undo it."""
    op.drop_column("provider_copy", "ownership")
