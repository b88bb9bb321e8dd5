"""Since when a client is flagged, so that a plan that is needed and missing has an age (S2.10)."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the column; who is flagged already is so from today on."""
    since = "the day it was first heard that the client is flagged; NULL: is not"
    op.add_column("client_copy", sa.Column("attention_since", sa.Date(), nullable=True, comment=since))
    op.execute("update client_copy set attention_since = current_date where cardinality(attention) > 0")


def downgrade() -> None:
    """Undo it."""
    op.drop_column("client_copy", "attention_since")
