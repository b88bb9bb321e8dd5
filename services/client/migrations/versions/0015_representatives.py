"""Representatives and informal carers of clients."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def words(name: str, *values: str) -> sa.Enum:
    """A column type that admits these words."""
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "representative",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("county_scheme", sa.Text(), nullable=False),
        sa.Column("county_code", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("kind", words("kind", "GUARDIAN", "TRUSTEE", "AUTHORISED", "INFORMAL_CARER"), nullable=False),
        sa.Column("matters", words("matters", "ALL", "SOCIAL", "HEALTH"), nullable=False),
        sa.Column("representative_client_id", sa.Uuid(), nullable=True),
        sa.Column("from_date", sa.Date(), nullable=False),
        sa.Column("to_date", sa.Date(), nullable=True, comment="last day"),
        sa.Column("status", words("status", "IN_FORCE", "ENDED"), nullable=False),
        sa.Column("ended_date", sa.Date(), nullable=True),
        sa.CheckConstraint("to_date >= from_date", name=op.f("ck_representative_period")),
        sa.CheckConstraint("representative_client_id <> client_id", name=op.f("ck_representative_another")),
        sa.CheckConstraint("(status = 'ENDED') = (ended_date is not null)", name=op.f("ck_representative_ended")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_representative_client_id")),
        sa.ForeignKeyConstraint(
            ["representative_client_id"], ["client.id"], name=op.f("fk_representative_representative_client_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_representative")),
        comment="who stands for a client or cares for one informally (REPRESENTATIVE-1)",
    )
    op.create_index(
        "uq_representative_in_force",
        "representative",
        ["client_id", "kind", "representative_client_id"],
        unique=True,
        postgresql_where=sa.text("status = 'IN_FORCE'"),
    )
    op.create_index(op.f("ix_representative_client_id_created_at"), "representative", ["client_id", "created_at"])
    op.create_index(op.f("ix_representative_representative_client_id"), "representative", ["representative_client_id"])
    op.create_table(
        "representative_person",
        sa.Column("representative_id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("key_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["representative_id"],
            ["representative.id"],
            name=op.f("fk_representative_person_representative_id"),
        ),
        sa.PrimaryKeyConstraint("representative_id", name=op.f("pk_representative_person")),
        comment="AES-256-GCM; name and telephone of representatives who are no clients",
    )


def downgrade() -> None:
    """Undo it."""
    op.drop_table("representative_person")
    op.drop_table("representative")
