"""Non-disclosure orders of clients."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("client", sa.Column("non_disclosure", postgresql.JSONB(), nullable=True))
    op.create_index(
        "ix_client_non_disclosure", "client", ["id"], postgresql_where=sa.text("non_disclosure is not null")
    )


def downgrade() -> None:
    """Undo it."""
    op.drop_index("ix_client_non_disclosure", "client")
    op.drop_column("client", "non_disclosure")
