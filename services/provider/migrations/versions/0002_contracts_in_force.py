"""What happens to contracts in force, and what was told of evidence."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

CHECKS = {
    "suspended_how": "state <> 'SUSPENDED' or suspension is not null",
    "terminated_why": "state <> 'TERMINATED' or termination_cause is not null",
    "party": "notice_by in ('COUNTY', 'PROVIDER')",
    "termination_cause": "termination_cause in ('NOTICE', 'SERIOUS_BREACH', 'BANKRUPTCY', 'REGISTRATION_LOST')",
}


def upgrade() -> None:
    """Add columns and their checks."""
    op.add_column("contract", sa.Column("suspension", postgresql.JSONB(), nullable=True))
    op.add_column("contract", sa.Column("changes", postgresql.JSONB(), nullable=False, server_default="[]"))
    op.add_column("contract", sa.Column("next_change_on", sa.Date(), nullable=True))
    op.add_column("contract", sa.Column("notice_by", sa.String(8), nullable=True))
    op.add_column("contract", sa.Column("termination_cause", sa.String(17), nullable=True))
    op.add_column("contract", sa.Column("end_told", sa.Date(), nullable=True))
    op.add_column("evidence", sa.Column("expiring_told", sa.Date(), nullable=True))
    op.add_column("evidence", sa.Column("expired_told", sa.Date(), nullable=True))
    for name, rule in CHECKS.items():
        op.execute(f"alter table contract add constraint ck_contract_{name} check ({rule}) not valid")
        op.execute(f"alter table contract validate constraint ck_contract_{name}")
    in_force = sa.text("state in ('ACTIVE', 'SUSPENDED')")
    op.create_index("ix_contract_in_force", "contract", ["uid"], postgresql_where=in_force)


def downgrade() -> None:
    """Undo it."""
    op.drop_index("ix_contract_in_force", table_name="contract")
    for name in CHECKS:
        op.drop_constraint(op.f(f"ck_contract_{name}"), "contract")
    for column in ("suspension", "changes", "next_change_on", "notice_by", "termination_cause", "end_told"):
        op.drop_column("contract", column)
    op.drop_column("evidence", "expiring_told")
    op.drop_column("evidence", "expired_told")
