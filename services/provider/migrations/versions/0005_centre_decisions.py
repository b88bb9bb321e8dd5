"""The county's decisions about services at centres."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "centre_service_decision",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("county_scheme", sa.Text(), nullable=False),
        sa.Column("county_code", sa.Text(), nullable=False),
        sa.Column("decision_number", sa.Text(), nullable=False),
        sa.Column("service_code", sa.Text(), nullable=False),
        sa.Column("unit_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("from_date", sa.Date(), nullable=False),
        sa.Column("to_date", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("county_code ~ '^[0-9]{2}$'", name=op.f("ck_centre_service_decision_county")),
        sa.CheckConstraint(
            "county_scheme in ('MAAKUNTA_2017', 'HVA_2023')", name=op.f("ck_centre_service_decision_scheme")
        ),
        sa.CheckConstraint("cardinality(unit_ids) > 0", name=op.f("ck_centre_service_decision_has_units")),
        sa.CheckConstraint("from_date <= to_date", name=op.f("ck_centre_service_decision_period")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_centre_service_decision")),
        sa.UniqueConstraint("decision_number", name="uq_centre_service_decision_number"),
        comment="what the county decided that its enterprise gives at centres",
    )
    op.create_index("ix_centre_service_decision_created_at_uid", "centre_service_decision", ["created_at", "uid"])


def downgrade() -> None:
    """Undo it."""
    op.drop_table("centre_service_decision")
