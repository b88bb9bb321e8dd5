"""Direct choices and the contracts they rest on; guidance for them; which units are dental."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

IN_FORCE = sa.text("status = 'IN_FORCE'")


def words(name: str, *values: str) -> sa.Enum:
    """A column type that admits these words."""
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    """Make the tables and add the columns."""
    op.add_column("unit_copy", sa.Column("dental", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("guidance", sa.Column("choice_kind", words("choice_kind", "HSSC", "DENTAL"), nullable=True))
    op.create_table(
        "contract_copy",
        sa.Column("contract_id", sa.Uuid(), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False, comment="last day, an early end included"),
        sa.Column("every_unit", sa.Boolean(), nullable=False),
        sa.Column("unit_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("contract_id", name=op.f("pk_contract_copy")),
        comment="direct-choice contracts as the provider service last told",
    )
    op.create_index(op.f("ix_contract_copy_provider_id"), "contract_copy", ["provider_id"])
    op.create_table(
        "direct_choice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("county_scheme", sa.Text(), nullable=False),
        sa.Column("county_code", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("kind", words("kind", "HSSC", "DENTAL"), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("contract_id", sa.Uuid(), nullable=False),
        sa.Column("guidance_id", sa.Uuid(), nullable=False),
        sa.Column("from_date", sa.Date(), nullable=False),
        sa.Column("earliest_change", sa.Date(), nullable=False),
        sa.Column("status", words("status", "IN_FORCE", "ENDED"), nullable=False),
        sa.Column("ended_date", sa.Date(), nullable=True),
        sa.Column(
            "end_reason",
            words("end_reason", "REPLACED", "MOVED", "DECEASED", "MERGED", "CONTRACT_ENDED"),
            nullable=True,
        ),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_direct_choice_client_id")),
        sa.ForeignKeyConstraint(["guidance_id"], ["guidance.id"], name=op.f("fk_direct_choice_guidance_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_direct_choice")),
        comment="direct choices (CLIENT-7); one of a kind in force for a client",
    )
    op.create_index(
        "uq_direct_choice_in_force", "direct_choice", ["client_id", "kind"], unique=True, postgresql_where=IN_FORCE
    )
    op.create_index("ix_direct_choice_contract", "direct_choice", ["contract_id"], postgresql_where=IN_FORCE)


def downgrade() -> None:
    """Undo it."""
    op.drop_table("direct_choice")
    op.drop_table("contract_copy")
    op.drop_column("guidance", "choice_kind")
    op.drop_column("unit_copy", "dental")
