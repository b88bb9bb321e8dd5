"""The first chassis tables: outbox, inbox, answer, section, work_item."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_INSTANT = sa.DateTime(timezone=True)
_WRITTEN = sa.text("clock_timestamp()")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "outbox",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("partition", sa.SmallInteger(), nullable=False),
        sa.Column("exchange", sa.Text(), nullable=False),
        sa.Column("routing_key", sa.Text(), nullable=False),
        sa.Column("aggregate_id", sa.Uuid(), nullable=False),
        sa.Column("headers", postgresql.JSONB(), nullable=False),
        sa.Column(
            "body",
            sa.LargeBinary(),
            nullable=True,
            comment="NULL: a section, whose bytes the relay reads and seals",
        ),
        sa.Column("created_at", _INSTANT, server_default=_WRITTEN, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        comment="messages committed and not yet confirmed by the broker",
    )
    op.create_index(op.f("ix_outbox_partition_id"), "outbox", ["partition", "id"])
    op.create_table(
        "inbox",
        sa.Column("consumer", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("received_at", _INSTANT, server_default=_WRITTEN, nullable=False),
        sa.PrimaryKeyConstraint("consumer", "message_id", name=op.f("pk_inbox")),
        comment="messages whose effects are committed",
    )
    op.create_index(op.f("ix_inbox_received_at"), "inbox", ["received_at"])
    op.create_table(
        "answer",
        sa.Column("caller", sa.Text(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("request_digest", sa.LargeBinary(), nullable=False),
        sa.Column("response_type", sa.Text(), nullable=False),
        sa.Column("response", sa.LargeBinary(), nullable=False),
        sa.Column("min_version", sa.Text(), nullable=False),
        sa.Column("created_at", _INSTANT, server_default=_WRITTEN, nullable=False),
        sa.PrimaryKeyConstraint("caller", "request_id", name=op.f("pk_answer")),
        comment="first answers of mutating calls, for their repeats",
    )
    op.create_index(op.f("ix_answer_created_at"), "answer", ["created_at"])
    op.create_table(
        "section",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("as_of", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("client_id", "name", name=op.f("pk_section")),
        comment="what the integrated record shows of a client, newest version",
    )
    op.create_table(
        "work_item",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False, comment="resource name of what a person must look at"),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("done_at", _INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_item")),
        comment="processes that could not finish and wait for a person",
    )


def downgrade() -> None:
    """Undo it."""
    for table in ("work_item", "section", "answer", "inbox", "outbox"):
        op.drop_table(table)
