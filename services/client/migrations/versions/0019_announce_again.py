"""What was announced before anybody listened is announced once more: relationships that hold, and orders in force."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the list, and fill it with what the doors of the other services need to know."""
    op.create_table(
        "announce_again",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "id", name=op.f("pk_announce_again")),
        comment="what listeners may have missed; a timer announces it as it stands and strikes it off",
    )
    op.execute(
        "insert into announce_again (kind, id)"
        " select 'RELATIONSHIP', id from relationship where status <> 'CLOSED'"
        " union all select 'NON_DISCLOSURE', id from client where non_disclosure is not null"
    )


def downgrade() -> None:
    """Undo it."""
    op.drop_table("announce_again")
