"""Steps of service chains."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_OPEN = "status IN ('SENT', 'RECEIVED', 'ACCEPTED', 'SCHEDULED', 'IN_PROGRESS')"
_NEEDS = (
    "HOUSING",
    "PHYSICAL_HEALTH",
    "MENTAL_HEALTH",
    "SUBSTANCE_USE",
    "FUNCTIONAL_CAPACITY",
    "CARE_AND_UPBRINGING",
    "RELATIONSHIPS",
    "PARTICIPATION",
    "WORK_AND_INCOME",
    "CARER_LOAD",
    "MEDICINES",
    "DIGITAL_AND_LANGUAGE",
)
_STATES = (
    "DRAFT",
    "SENT",
    "RECEIVED",
    "ACCEPTED",
    "RETURNED",
    "SCHEDULED",
    "IN_PROGRESS",
    "COMPLETED",
    "CLOSED",
    "CANCELLED",
)


def _word(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=30)


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "chain_step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("chain_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("county_scheme", sa.Text(), nullable=False),
        sa.Column("county_code", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=True),
        sa.Column("operator_organisation_id", sa.Uuid(), nullable=True),
        sa.Column("from_organisation_id", sa.Uuid(), nullable=False),
        sa.Column("to_organisation_id", sa.Uuid(), nullable=False),
        sa.Column("service_code", sa.Text(), nullable=False),
        sa.Column("need", _word("need", *_NEEDS), nullable=False),
        sa.Column("urgency", _word("urgency", "ROUTINE", "SOON", "URGENT"), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("attachments", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("status", _word("status", *_STATES), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("response_due", sa.Date(), nullable=True),
        sa.Column("overdue", sa.Boolean(), nullable=False),
        sa.Column("planned_date", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("suggestion", sa.Text(), nullable=False),
        sa.Column("feedback", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("fact_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("seq >= 1", name=op.f("ck_chain_step_seq")),
        sa.CheckConstraint("from_organisation_id <> to_organisation_id", name=op.f("ck_chain_step_two_organisations")),
        sa.CheckConstraint(
            "response_due IS NOT NULL OR status IN ('DRAFT', 'CANCELLED')", name=op.f("ck_chain_step_response_due")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_chain_step_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chain_step")),
        comment="a client is handed on from provider to provider; one open step for a service and a need",
    )
    for column in ("plan_id", "from_organisation_id", "to_organisation_id"):
        op.create_index(op.f(f"ix_chain_step_{column}"), "chain_step", [column])
    op.create_index("uq_chain_step_seq", "chain_step", ["chain_id", "seq"], unique=True)
    op.create_index("ix_chain_step_client_id_created_at_id", "chain_step", ["client_id", "created_at", "id"])
    op.create_index(
        "ix_chain_step_response_due",
        "chain_step",
        ["response_due"],
        postgresql_where=sa.text("status IN ('SENT', 'RECEIVED') AND NOT overdue"),
    )
    op.create_index(
        "uq_chain_step_open",
        "chain_step",
        ["client_id", "service_code", "need"],
        unique=True,
        postgresql_where=sa.text(_OPEN),
    )


def downgrade() -> None:
    """Undo it."""
    op.drop_table("chain_step")
