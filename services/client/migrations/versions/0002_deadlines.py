"""Deadlines, one row for each limit of an assessment."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

MILESTONES = (
    "START",
    "COMPLETE",
    "DECIDE_ON_ASSESSMENT",
    "DECIDE",
    "IMPLEMENT",
    "DECIDE_SUPPORT",
    "INTERVIEW",
    "ASSESS_CARE",
    "TREAT_PRIMARY",
    "TREAT_ORAL",
    "HANDLE_REFERRAL",
    "TREAT_SPECIALISED",
    "START_THERAPY",
)

# Assessments under way get their deadlines; four calendar days hold two weekdays but for long holidays.
UNDER_WAY = """
insert into deadline (id, client_id, assessment_id, milestone, due_date, warn_date, rule_codes, version)
select gen_random_uuid(), client_id, id, '{milestone}', {due}, {due} - 4, array(
    select code from unnest(deadline_rules) as code where code ~ '{codes}'
  ), 0
from assessment where status in ({states}) and {due} is not null
"""


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "deadline",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column(
            "milestone",
            sa.Enum(*MILESTONES, name="milestone", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("due_date", sa.Date(), nullable=False),
        sa.Column("warn_date", sa.Date(), nullable=False, comment="from when it approaches"),
        sa.Column("rule_codes", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("ended_date", sa.Date(), nullable=True, comment="milestone reached, or the matter fell away"),
        sa.Column("told_approaching", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_missed", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False, comment="how many facts were told of it"),
        sa.ForeignKeyConstraint(["assessment_id"], ["assessment.id"], name=op.f("fk_deadline_assessment_id")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_deadline_client_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline")),
        comment="statutory limits of matters (LIMIT-3, ASSESSMENT-8); a fact is told once for each",
    )
    op.create_index("uq_deadline_milestone", "deadline", ["assessment_id", "milestone"], unique=True)
    op.create_index(
        "ix_deadline_running",
        "deadline",
        ["warn_date"],
        unique=False,
        postgresql_where=sa.text("ended_date is null and told_missed is null"),
    )
    op.execute(UNDER_WAY.format(milestone="START", due="start_due", codes="^ASM-(START|URGENT)", states="'INITIATED'"))
    states = "'INITIATED', 'STARTED', 'WAITING'"
    op.execute(UNDER_WAY.format(milestone="COMPLETE", due="complete_due", codes="^ASM-COMPLETE", states=states))


def downgrade() -> None:
    """Undo it."""
    op.drop_index(
        "ix_deadline_running",
        table_name="deadline",
        postgresql_where=sa.text("ended_date is null and told_missed is null"),
    )
    op.drop_index("uq_deadline_milestone", table_name="deadline")
    op.drop_table("deadline")
