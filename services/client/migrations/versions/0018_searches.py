"""How far searches for another provider were told."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the copy."""
    op.create_table(
        "search_copy",
        sa.Column("reroute_case_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("reroute_case_id", name=op.f("pk_search_copy")),
        comment="how far the careplan service has told of each search; its work item says whether support is due",
    )


def downgrade() -> None:
    """Undo it."""
    op.drop_table("search_copy")
