"""The county's templates of clauses."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "clause_template",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("county_scheme", sa.Text(), nullable=False),
        sa.Column("county_code", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("template", postgresql.JSONB(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("county_code ~ '^[0-9]{2}$'", name=op.f("ck_clause_template_county")),
        sa.CheckConstraint("county_scheme in ('MAAKUNTA_2017', 'HVA_2023')", name=op.f("ck_clause_template_scheme")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_clause_template")),
        sa.UniqueConstraint("code", name="uq_clause_template_code"),
        comment="templates of cooperation clauses the county put",
    )


def downgrade() -> None:
    """Undo it."""
    op.drop_table("clause_template")
