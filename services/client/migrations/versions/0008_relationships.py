"""Relationships: why organisations may read a client."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

KINDS = (
    "ASSESSMENT",
    "PLAN_OPERATOR",
    "CONSULTATION",
    "PLAN_SERVICE",
    "VOUCHER",
    "REFERRAL",
    "DIRECT_CHOICE",
    "GUIDANCE",
)


def words(name: str, *values: str) -> sa.Enum:
    """A column type that admits these words."""
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "relationship_source",
        sa.Column("source_id", sa.Uuid(), nullable=False, comment="a plan, a voucher or a step of a chain"),
        sa.Column("consulting", sa.Boolean(), nullable=False, comment="a plan about which providers may be asked"),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("source_id", name=op.f("pk_relationship_source")),
        comment="sources of other services as they last told them; an older fact opens and closes nothing",
    )
    op.create_table(
        "relationship",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("county_scheme", sa.Text(), nullable=False),
        sa.Column("county_code", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("kind", words("kind", *KINDS), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True, comment="NULL: all units of the organisation"),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("from_date", sa.Date(), nullable=False),
        sa.Column("to_date", sa.Date(), nullable=True, comment="last day"),
        sa.Column("status", words("status", "OPEN", "ENDING", "CLOSED"), nullable=False),
        sa.CheckConstraint("(status = 'OPEN') = (to_date is null)", name=op.f("ck_relationship_end")),
        sa.CheckConstraint("to_date >= from_date", name=op.f("ck_relationship_period")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_relationship_client_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relationship")),
        comment="why organisations may read a client; one open for an organisation, unit, kind and source",
    )
    op.create_index(
        "uq_relationship_open",
        "relationship",
        ["client_id", "organisation_id", "unit_id", "kind", "source_id"],
        unique=True,
        postgresql_nulls_not_distinct=True,
        postgresql_where=sa.text("status = 'OPEN'"),
    )
    op.create_index(op.f("ix_relationship_client_id_created_at"), "relationship", ["client_id", "created_at"])
    op.create_index(op.f("ix_relationship_source_id"), "relationship", ["source_id"])


def downgrade() -> None:
    """Undo it."""
    op.drop_table("relationship")
    op.drop_table("relationship_source")
