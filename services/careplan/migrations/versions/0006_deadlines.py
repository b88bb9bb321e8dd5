"""Deadlines, one row for each thing that is waited for; objections are resolved by a day (PLAN-18)."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

SUBJECTS = ("CONSULTATION", "OBJECTION", "ACKNOWLEDGEMENT", "PLAN_REVIEW", "CHAIN_RESPONSE", "REROUTE")

# What is waited for already.
UNDER_WAY = """
insert into deadline (id, owner_id, client_id, plan_id, subject, subject_id, due, created_at, version)
select gen_random_uuid(), {owner}, client_id, {plan}, '{subject}', id, {due}, now(), 0 from {table} where {waiting}
"""


def upgrade() -> None:
    """Make the table, and the rows of what is under way."""
    op.create_table(
        "deadline",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False, comment="the plan, the chain step or the case it belongs to"),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=True),
        sa.Column(
            "subject",
            sa.Enum(*SUBJECTS, name="subject", native_enum=False, create_constraint=True, length=30),
            nullable=False,
        ),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True, comment="NULL: it is still waited for"),
        sa.Column("told_approaching", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_missed", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False, comment="how many facts were told of it"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline")),
        comment="who must have acted by when (PLAN-18, CHAIN-9); what is told of each is told once",
    )
    running, untold = sa.text("ended_on IS NULL"), sa.text("ended_on IS NULL AND told_missed IS NULL")
    op.create_index("uq_deadline_subject", "deadline", ["subject", "subject_id", "due"], unique=True)
    op.create_index("ix_deadline_of_owner", "deadline", ["owner_id"], postgresql_where=running)
    op.create_index("ix_deadline_running", "deadline", ["due", "id"], postgresql_where=untold)
    op.create_index("ix_deadline_open", "deadline", ["created_at", "id"], postgresql_where=running)
    op.add_column("consultation", sa.Column("resolve_due", sa.Date(), nullable=True))
    _begin("CONSULTATION", "consultation", "due", "status = 'PENDING' and not superseded")
    _begin("ACKNOWLEDGEMENT", "acknowledgement", "due", "status in ('PENDING', 'OVERDUE') and not superseded")
    _begin("PLAN_REVIEW", "plan", "review_due", "status in ('ACTIVE', 'UNDER_REVIEW')", plan="id")
    _begin("CHAIN_RESPONSE", "chain_step", "response_due", "status in ('SENT', 'RECEIVED')", owner="id")


def _begin(subject: str, table: str, due: str, waiting: str, *, plan: str = "plan_id", owner: str = "") -> None:
    told = {"subject": subject, "table": table, "due": due, "waiting": waiting, "plan": plan, "owner": owner or plan}
    op.execute(UNDER_WAY.format(**told))


def downgrade() -> None:
    """Undo it."""
    op.drop_column("consultation", "resolve_due")
    op.drop_table("deadline")
