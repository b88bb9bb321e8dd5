"""A row is called by its id, how it stands with it is its state, and what the bus was told is announced."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

TABLES = (
    "provider",
    "service_unit",
    "catalogue_service",
    "condition_set",
    "evidence",
    "clause_template",
    "contract",
    "sanction",
    "breach",
    "centre_service_decision",
)
INDEXES = (
    "ix_provider_created_at",
    "ix_catalogue_service_created_at",
    "ix_condition_set_created_at",
    "ix_evidence_created_at",
    "ix_contract_created_at",
    "ix_sanction_created_at",
    "ix_breach_contract_id_created_at",
    "ix_centre_service_decision_created_at",
)
ANNOUNCED = (("evidence", "expiring"), ("evidence", "expired"), ("contract", "end"))


def upgrade() -> None:
    """Rename columns, indexes, a constraint and a key."""
    for table in TABLES:
        op.alter_column(table, "uid", new_column_name="id")
    for index in INDEXES:
        op.execute(f"alter index {index}_uid rename to {index}_id")
    op.alter_column("evidence", "status", new_column_name="state")
    op.execute("alter table evidence rename constraint ck_evidence_evidence_status to ck_evidence_evidence_state")
    for table, what in ANNOUNCED:
        op.alter_column(table, f"{what}_told", new_column_name=f"{what}_announced")
    op.execute(
        "update provider set application = jsonb_set("
        "application #- '{registration,status}', '{registration,state}', application #> '{registration,status}')"
    )


def downgrade() -> None:
    """Undo it."""
    op.execute(
        "update provider set application = jsonb_set("
        "application #- '{registration,state}', '{registration,status}', application #> '{registration,state}')"
    )
    for table, what in ANNOUNCED:
        op.alter_column(table, f"{what}_announced", new_column_name=f"{what}_told")
    op.execute("alter table evidence rename constraint ck_evidence_evidence_state to ck_evidence_evidence_status")
    op.alter_column("evidence", "state", new_column_name="status")
    for index in INDEXES:
        op.execute(f"alter index {index}_id rename to {index}_uid")
    for table in TABLES:
        op.alter_column(table, "id", new_column_name="uid")
