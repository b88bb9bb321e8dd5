"""Permissions and denials of disclosure; the roles of providers."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def words(name: str, *values: str) -> sa.Enum:
    """A column type that admits these words."""
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    """Make the table and add the column."""
    op.add_column("provider_copy", sa.Column("roles", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False))
    op.create_table(
        "consent",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("county_scheme", sa.Text(), nullable=False),
        sa.Column("county_code", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("kind", words("kind", "PERMISSION", "DENIAL"), nullable=False),
        sa.Column("sector", words("sector", "SOCIAL", "HEALTH"), nullable=False),
        sa.Column(
            "target", words("target", "ALL", "CONTROLLER", "SERVICE_TASK", "DOCUMENT", "GUARDIAN"), nullable=False
        ),
        sa.Column("target_id", sa.Text(), nullable=False),
        sa.Column("status", words("status", "IN_FORCE", "REVOKED"), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_by", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("(target in ('ALL', 'GUARDIAN')) = (target_id = '')", name=op.f("ck_consent_target_id")),
        sa.CheckConstraint("target <> 'GUARDIAN' or kind = 'DENIAL'", name=op.f("ck_consent_guardian")),
        sa.CheckConstraint("(status = 'REVOKED') = (revoked_at is not null)", name=op.f("ck_consent_revoked")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_consent_client_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
        comment="permissions and denials of disclosure (CONSENT-9); no two equal ones in force",
    )
    op.create_index(
        "uq_consent_in_force",
        "consent",
        ["client_id", "kind", "sector", "target", "target_id"],
        unique=True,
        postgresql_where=sa.text("status = 'IN_FORCE'"),
    )
    op.create_index(op.f("ix_consent_client_id_created_at"), "consent", ["client_id", "created_at"])


def downgrade() -> None:
    """Undo it."""
    op.drop_table("consent")
    op.drop_column("provider_copy", "roles")
