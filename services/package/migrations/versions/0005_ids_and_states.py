"""A row is called by its id, and how it stands with a neighbour's aggregate is its state."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TABLES = ("package", "enrolment", "enrolment_item")
LISTED = ("package", "enrolment")


def upgrade() -> None:
    """Rename columns, indexes and keys."""
    for table in TABLES:
        op.alter_column(table, "uid", new_column_name="id")
    for table in LISTED:
        op.execute(f"alter index ix_{table}_created_at_uid rename to ix_{table}_created_at_id")
    op.alter_column("client_copy", "status", new_column_name="state")
    op.execute("update provider_copy set body = body - 'status' || jsonb_build_object('state', body -> 'status')")
    op.execute("update contract_copy set body = body - 'status' || jsonb_build_object('state', body -> 'status')")


def downgrade() -> None:
    """Undo it."""
    op.execute("update contract_copy set body = body - 'state' || jsonb_build_object('status', body -> 'state')")
    op.execute("update provider_copy set body = body - 'state' || jsonb_build_object('status', body -> 'state')")
    op.alter_column("client_copy", "state", new_column_name="status")
    for table in LISTED:
        op.execute(f"alter index ix_{table}_created_at_id rename to ix_{table}_created_at_uid")
    for table in TABLES:
        op.alter_column(table, "id", new_column_name="uid")
