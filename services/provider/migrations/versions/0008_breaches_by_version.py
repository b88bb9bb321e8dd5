"""A plan counts against a contract once in each version, no longer once a day."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

NUMBERED = """
    update breach set minor = later.place from (
        select uid, row_number() over (partition by contract_id, ground, subject_id order by number) - 1 as place
        from breach
    ) as later
    where breach.uid = later.uid and later.place > 0
"""
"""Breaches of one plan noted before its version was told: they stay, numbered as if each was of another version."""


def upgrade() -> None:
    """Add the version."""
    op.add_column("breach", sa.Column("major", sa.Integer(), server_default="0", nullable=False))
    op.add_column("breach", sa.Column("minor", sa.Integer(), server_default="0", nullable=False))
    op.execute(NUMBERED)
    op.alter_column("breach", "major", server_default=None)
    op.alter_column("breach", "minor", server_default=None)
    op.drop_constraint("uq_breach_subject_day", "breach")
    op.drop_index("uq_breach_subject", table_name="breach")
    op.create_unique_constraint(
        "uq_breach_subject", "breach", ["contract_id", "ground", "subject_id", "major", "minor"]
    )


def downgrade() -> None:
    """Undo it."""
    op.drop_constraint("uq_breach_subject", "breach")
    op.create_index(
        "uq_breach_subject",
        "breach",
        ["contract_id", "ground", "subject_id"],
        unique=True,
        postgresql_where=sa.text("ground in ('UNJUSTIFIED_DEVIATION', 'FALSE_REDEMPTION')"),
    )
    op.create_unique_constraint("uq_breach_subject_day", "breach", ["contract_id", "ground", "subject_id", "noted_on"])
    op.drop_column("breach", "minor")
    op.drop_column("breach", "major")
