"""Limits of notifications, applications, decisions and therapies beside those of assessments; how a limit ended."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

RUNS = sa.text("ended_date is null")
OF_ASSESSMENT = sa.text("decision_id is null")


def upgrade() -> None:
    """Add the columns; what ended so far is taken as reached, but of assessments cancelled."""
    op.add_column("contact", sa.Column("child_welfare", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_check_constraint(op.f("ck_contact_child"), "contact", "not child_welfare or client_id is not null")
    op.alter_column("deadline", "assessment_id", nullable=True)
    for matter in ("contact", "decision"):
        op.add_column("deadline", sa.Column(f"{matter}_id", sa.Uuid(), nullable=True))
        op.create_foreign_key(op.f(f"fk_deadline_{matter}_id"), "deadline", matter, [f"{matter}_id"], ["id"])
    begin = sa.Column("begin_date", sa.Date(), nullable=True, comment="from when a delivery reaches it")
    op.add_column("deadline", begin)
    codes = postgresql.ARRAY(sa.Text())
    services: sa.Column[list[str]] = sa.Column(
        "service_codes", codes, server_default="{}", nullable=False, comment="a delivery of one reaches it"
    )
    op.add_column("deadline", services)
    ends = sa.Enum("REACHED", "FELL_AWAY", name="end", native_enum=False, create_constraint=True, length=40)
    op.add_column("deadline", sa.Column("end", ends, nullable=True))
    for name in ("end_reason", "ended_by"):
        op.add_column("deadline", sa.Column(name, sa.Text(), server_default="", nullable=False))
    _fill()
    for name in ("service_codes", "end_reason", "ended_by"):
        op.alter_column("deadline", name, server_default=None)
    op.alter_column("deadline", "begin_date", nullable=False)
    _constrain()


def _fill() -> None:
    op.execute(
        'update deadline set begin_date = pending_date, "end" = case when ended_date is not null then'
        " case status when 'CANCELLED' then 'FELL_AWAY' else 'REACHED' end end"
        " from assessment where assessment.id = assessment_id"
    )


def _constrain() -> None:
    op.create_check_constraint(
        op.f("ck_deadline_matter"), "deadline", "(assessment_id is null) = (contact_id is not null)"
    )
    op.create_check_constraint(
        op.f("ck_deadline_decision"), "deadline", "(decision_id is not null) = (milestone = 'IMPLEMENT')"
    )
    op.create_check_constraint(op.f("ck_deadline_ended"), "deadline", '(ended_date is null) = ("end" is null)')
    op.drop_index("uq_deadline_milestone", table_name="deadline")
    matter = ["assessment_id", "milestone"]
    op.create_index("uq_deadline_milestone", "deadline", matter, unique=True, postgresql_where=OF_ASSESSMENT)
    op.create_index("uq_deadline_contact", "deadline", ["contact_id"], unique=True)
    op.create_index("uq_deadline_decision", "deadline", ["decision_id"], unique=True, postgresql_where=RUNS)
    op.create_index("ix_deadline_open", "deadline", ["due_date", "id"], postgresql_where=RUNS)
    op.create_index("ix_deadline_client_id", "deadline", ["client_id"], postgresql_where=RUNS)


def downgrade() -> None:
    """Undo it; limits of other matters than assessments are gone."""
    op.execute("delete from deadline where contact_id is not null or decision_id is not null")
    for index in ("client_id", "open"):
        op.drop_index(f"ix_deadline_{index}", table_name="deadline")
    for index in ("decision", "contact", "milestone"):
        op.drop_index(f"uq_deadline_{index}", table_name="deadline")
    op.create_index("uq_deadline_milestone", "deadline", ["assessment_id", "milestone"], unique=True)
    for check in ("ended", "decision", "matter"):
        op.drop_constraint(op.f(f"ck_deadline_{check}"), "deadline", type_="check")
    for column in ("ended_by", "end_reason", "end", "service_codes", "begin_date", "decision_id", "contact_id"):
        op.drop_column("deadline", column)
    op.alter_column("deadline", "assessment_id", nullable=False)
    op.drop_constraint(op.f("ck_contact_child"), "contact", type_="check")
    op.drop_column("contact", "child_welfare")
