"""Where units are, and who is served at which centre, for the coverage report."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

IN_FORCE = sa.text("status = 'IN_FORCE'")


def upgrade() -> None:
    """Add the column, told with the next fact of each provider, and the index."""
    op.add_column("unit_copy", sa.Column("municipality_code", sa.Text(), server_default="", nullable=False))
    op.create_index("ix_direct_choice_unit", "direct_choice", ["unit_id"], postgresql_where=IN_FORCE)


def downgrade() -> None:
    """Undo it."""
    op.drop_index("ix_direct_choice_unit", table_name="direct_choice", postgresql_where=IN_FORCE)
    op.drop_column("unit_copy", "municipality_code")
