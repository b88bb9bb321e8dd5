"""Publications of plans' versions, and documents of a county without an archive (S2.14)."""

from uuid import UUID, uuid5

import sqlalchemy as sa
from alembic import context, op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

VERSIONS = """
select version.plan_id, plan.client_id, version.major, version.minor, version.activated_at,
  plan.status = 'CLOSED' and (version.major, version.minor) = (plan.major, plan.minor) as closed
from plan_version as version join plan on plan.id = version.plan_id
"""
BEGIN = """
insert into publication
  (id, plan_id, client_id, major, minor, document_oid, wanted_at, try_at, status, attempts, closed, fact_version)
values (:id, :plan_id, :client_id, :major, :minor, :oid, :wanted_at, :wanted_at, 'PENDING', 0, :closed, 0)
"""


def upgrade() -> None:
    """Make the tables; versions that came into force before are published too."""
    _make_publication()
    op.create_table(
        "recorded_document",
        sa.Column("oid", sa.Text(), nullable=False),
        sa.Column("body", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False, comment="how often it was put"),
        sa.PrimaryKeyConstraint("oid", name=op.f("pk_recorded_document")),
        comment="documents of a county on one machine, where no archive is",
    )
    if not context.is_offline_mode():
        _publish_what_is_in_force()


def _publish_what_is_in_force() -> None:
    connection = op.get_bind()
    for row in connection.execute(sa.text(VERSIONS)).mappings().all():
        uid = uuid5(UUID(str(row["plan_id"])), f"publication of {row['major']}.{row['minor']}")
        values = {"id": uid, "oid": f"2.25.{uid.int}", "wanted_at": row["activated_at"], **row}
        connection.execute(sa.text(BEGIN), values)


def _make_publication() -> None:
    waiting = sa.text("status IN ('PENDING', 'FAILED')")
    version = ["plan_id", "major", "minor"]
    op.create_table(
        "publication",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("major", sa.Integer(), nullable=False),
        sa.Column("minor", sa.Integer(), nullable=False),
        sa.Column("document_oid", sa.Text(), nullable=False),
        sa.Column(
            "wanted_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="when the version came into force, or the plan was closed",
        ),
        sa.Column(
            "try_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="not before; while it is tried, the end of the lease",
        ),
        sa.Column("status", _word("status", "PENDING", "PUBLISHED", "REPLACED", "FAILED"), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("failure", _word("failure", "TIMEOUT", "UNREACHABLE", "UNAVAILABLE", "REJECTED"), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed", sa.Boolean(), nullable=False, comment="the document says that the plan is closed"),
        sa.Column("fact_version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "published_at IS NOT NULL OR status NOT IN ('PUBLISHED', 'REPLACED')",
            name=op.f("ck_publication_published_at"),
        ),
        sa.CheckConstraint("failure IS NOT NULL OR status <> 'FAILED'", name=op.f("ck_publication_failed")),
        sa.ForeignKeyConstraint(
            version, [f"plan_version.{name}" for name in version], name=op.f("fk_publication_plan_id_major_minor")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication")),
        sa.UniqueConstraint("document_oid", name=op.f("uq_publication_document_oid")),
        comment="each version is published for the client's providers (S2.14); one document of a plan is current",
    )
    current = sa.text("status = 'PUBLISHED'")
    op.create_index("uq_publication_version", "publication", version, unique=True)
    op.create_index("uq_publication_current", "publication", ["plan_id"], unique=True, postgresql_where=current)
    op.create_index("ix_publication_waiting", "publication", ["try_at"], postgresql_where=waiting)
    op.create_index("ix_publication_wanted_at_id", "publication", ["wanted_at", "id"])


def _word(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=30)


def downgrade() -> None:
    """Undo it."""
    op.drop_table("recorded_document")
    op.drop_table("publication")
