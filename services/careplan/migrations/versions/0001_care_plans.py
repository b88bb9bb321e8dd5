"""The first tables of care plans; a version that came into force cannot be changed (INV-24)."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_IMMUTABLE = """
create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'a plan version never changes (INV-24)' using errcode = 'integrity_constraint_violation';
end $$
"""
_GUARD = """
create trigger plan_version_immutable before update or delete or truncate on plan_version
for each statement execute function refuse_change()
"""


def upgrade() -> None:
    """Make the tables."""
    op.execute(sa.schema.CreateSequence(sa.Sequence("plan_number")))
    op.create_table(
        "assessment_copy",
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column(
            "completed_date", sa.Date(), nullable=True, comment="NULL: superseded, and its completion has not arrived"
        ),
        sa.Column("plan_needed", sa.Boolean(), nullable=False),
        sa.Column("superseded", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("assessment_id", name=op.f("pk_assessment_copy")),
        comment="completed needs assessments, of the client service",
    )
    op.create_index(op.f("ix_assessment_copy_client_id"), "assessment_copy", ["client_id"], unique=False)
    op.create_table(
        "catalogue_copy",
        sa.Column("service_code", sa.Text(), nullable=False),
        sa.Column("name_fi", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("sector", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("task", sa.Text(), nullable=False),
        sa.Column("sensitive", sa.Boolean(), nullable=False),
        sa.Column("arrangements", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("service_code", name=op.f("pk_catalogue_copy")),
        comment="the county's service catalogue, of the provider service",
    )
    op.create_table(
        "client_copy",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("attention", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("own_worker_named", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("client_id", name=op.f("pk_client_copy")),
        comment="clients, of the client service",
    )
    op.create_table(
        "contract_copy",
        sa.Column("contract_id", sa.Uuid(), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("lines", postgresql.JSONB(), nullable=False),
        sa.Column("clauses", postgresql.JSONB(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("contract_id", name=op.f("pk_contract_copy")),
        comment="contracts, of the provider service",
    )
    op.create_index(op.f("ix_contract_copy_provider_id"), "contract_copy", ["provider_id"], unique=False)
    op.create_table(
        "enrolment_copy",
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("items", postgresql.JSONB(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("enrolment_id", name=op.f("pk_enrolment_copy")),
        comment="enrolments, of the package service",
    )
    op.create_index(op.f("ix_enrolment_copy_client_id"), "enrolment_copy", ["client_id"], unique=False)
    op.create_table(
        "enrolment_wait",
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "answered",
            sa.Text(),
            nullable=True,
            comment="PLANNED, or the reason of a refusal; NULL: waits for an open plan",
        ),
        sa.PrimaryKeyConstraint("enrolment_id", name=op.f("pk_enrolment_wait")),
        comment="enrolments whose items a plan is asked to take (PROCESS-B3); each is answered once",
    )
    op.create_index(
        "ix_enrolment_wait_open",
        "enrolment_wait",
        ["asked_at"],
        unique=False,
        postgresql_where=sa.text("answered IS NULL"),
    )
    op.create_table(
        "plan",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("county_scheme", sa.Text(), nullable=False),
        sa.Column("county_code", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("operator_organisation_id", sa.Uuid(), nullable=False),
        sa.Column("operator_unit_id", sa.Uuid(), nullable=False),
        sa.Column(
            "operator_kind",
            sa.Enum(
                "COUNTY_ENTERPRISE",
                "DIRECT_CHOICE_HSSC",
                name="operator_kind",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "DRAFT",
                "CONSULTATION",
                "ACTIVE",
                "UNDER_REVIEW",
                "CLOSED",
                "CANCELLED",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("major", sa.Integer(), nullable=False),
        sa.Column("minor", sa.Integer(), nullable=False),
        sa.Column("goals", postgresql.JSONB(), nullable=False),
        sa.Column("client_view", sa.Text(), nullable=False),
        sa.Column("activated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("draft", postgresql.JSONB(), nullable=True),
        sa.Column("consulting", sa.Boolean(), nullable=False),
        sa.Column(
            "review_cause",
            sa.Enum(
                "SCHEDULED",
                "NEED_CHANGED",
                "DEVIATION",
                "REROUTE",
                "REFUSAL",
                "CLIENT_REQUEST",
                "COUNTY",
                name="review_cause",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=True,
        ),
        sa.Column("review_due", sa.Date(), nullable=True),
        sa.Column("last_reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("fact_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(major > 0) = (status IN ('ACTIVE', 'UNDER_REVIEW', 'CLOSED'))", name=op.f("ck_plan_version_in_force")
        ),
        sa.CheckConstraint(
            "draft IS NOT NULL OR status NOT IN ('DRAFT', 'CONSULTATION', 'UNDER_REVIEW')",
            name=op.f("ck_plan_draft_drawn_up"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
        sa.UniqueConstraint("number", name=op.f("uq_plan_number")),
        comment="a client's care plan; at most one open (INV-01), always one operator (INV-02)",
    )
    op.create_index(op.f("ix_plan_client_id"), "plan", ["client_id"], unique=False)
    op.create_index(
        "uq_plan_open_of_client",
        "plan",
        ["client_id"],
        unique=True,
        postgresql_where=sa.text("status IN ('DRAFT', 'CONSULTATION', 'ACTIVE', 'UNDER_REVIEW')"),
    )
    op.create_table(
        "provider_copy",
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("ownership", sa.Text(), nullable=False),
        sa.Column("roles", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("units", postgresql.JSONB(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("provider_id", name=op.f("pk_provider_copy")),
        comment="providers and their units, of the provider service",
    )
    op.create_table(
        "voucher_copy",
        sa.Column("voucher_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=True),
        sa.Column("plan_service_id", sa.Uuid(), nullable=True),
        sa.Column("service_code", sa.Text(), nullable=False),
        sa.Column("units_granted", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=True),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("contract_id", sa.Uuid(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("voucher_id", name=op.f("pk_voucher_copy")),
        comment="vouchers, of the voucher service",
    )
    op.create_index(op.f("ix_voucher_copy_client_id"), "voucher_copy", ["client_id"], unique=False)
    op.create_index(op.f("ix_voucher_copy_plan_service_id"), "voucher_copy", ["plan_service_id"], unique=False)
    op.create_table(
        "acknowledgement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("major", sa.Integer(), nullable=False),
        sa.Column("minor", sa.Integer(), nullable=False),
        sa.Column("part_digest", sa.Text(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "PENDING",
                "ACKNOWLEDGED",
                "REFUSED",
                "OVERDUE",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("responded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "refusal_reason",
            sa.Enum(
                "CAPACITY",
                "CLIENT_SAFETY",
                "STAFF_COMPETENCE",
                "CONFLICT",
                "OTHER",
                name="refusal_reason",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=True,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("breach", sa.Boolean(), nullable=False),
        sa.Column("superseded", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_acknowledgement_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acknowledgement")),
        comment="a provider's promise to follow its part of a version (S1.30)",
    )
    op.create_index(
        "ix_acknowledgement_pending_due",
        "acknowledgement",
        ["due"],
        unique=False,
        postgresql_where=sa.text("status = 'PENDING' AND NOT superseded"),
    )
    op.create_index(op.f("ix_acknowledgement_plan_id"), "acknowledgement", ["plan_id"], unique=False)
    op.create_index(
        "ix_acknowledgement_provider_id_created_at_id",
        "acknowledgement",
        ["provider_id", "created_at", "id"],
        unique=False,
    )
    op.create_index(
        "uq_acknowledgement_current",
        "acknowledgement",
        ["plan_id", "provider_id"],
        unique=True,
        postgresql_where=sa.text("NOT superseded"),
    )
    op.create_table(
        "consultation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("for_major", sa.Integer(), nullable=False),
        sa.Column("part_digest", sa.Text(), nullable=False),
        sa.Column("plan_service_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "PENDING",
                "AGREED",
                "COMMENTED",
                "OBJECTED",
                "TIMED_OUT",
                "WAIVED",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("responded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("resolution", sa.Text(), nullable=False),
        sa.Column("superseded", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_consultation_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation")),
        comment="another provider is asked about its part of a draft (S1.29)",
    )
    op.create_index(
        "ix_consultation_pending_due",
        "consultation",
        ["due"],
        unique=False,
        postgresql_where=sa.text("status = 'PENDING'"),
    )
    op.create_index(op.f("ix_consultation_plan_id"), "consultation", ["plan_id"], unique=False)
    op.create_index(
        "ix_consultation_provider_id_created_at_id", "consultation", ["provider_id", "created_at", "id"], unique=False
    )
    op.create_index(
        "uq_consultation_current",
        "consultation",
        ["plan_id", "for_major", "provider_id"],
        unique=True,
        postgresql_where=sa.text("NOT superseded"),
    )
    op.create_table(
        "plan_service",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("service_code", sa.Text(), nullable=False),
        sa.Column(
            "arrangement",
            sa.Enum(
                "OWN",
                "DIRECT_CHOICE",
                "VOUCHER",
                "PURCHASE",
                name="arrangement",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column(
            "unit",
            sa.Enum(
                "HOUR",
                "VISIT",
                "SESSION",
                "DAY",
                "MONTH",
                "CASE",
                "MEAL",
                name="unit",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("from_date", sa.Date(), nullable=False),
        sa.Column("to_date", sa.Date(), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=True),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("contract_id", sa.Uuid(), nullable=True),
        sa.Column("frequency", sa.Text(), nullable=False),
        sa.Column("modes", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("mode_text", sa.Text(), nullable=False),
        sa.Column("goal_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=True),
        sa.Column("item_code", sa.Text(), nullable=False),
        sa.Column("sensitive", sa.Boolean(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "PLANNED",
                "AWAITING_CHOICE",
                "ASSIGNED",
                "ACKNOWLEDGED",
                "IN_DELIVERY",
                "COMPLETED",
                "REROUTE",
                "SUSPENDED",
                "CANCELLED",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("voucher_id", sa.Uuid(), nullable=True),
        sa.Column("units_delivered", sa.Integer(), nullable=False),
        sa.Column("deliveries", sa.Integer(), nullable=False),
        sa.Column("last_delivery_date", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "provider_id IS NOT NULL OR status NOT IN ('ASSIGNED', 'ACKNOWLEDGED', 'IN_DELIVERY')",
            name=op.f("ck_plan_service_provider"),
        ),
        sa.CheckConstraint("from_date <= to_date", name=op.f("ck_plan_service_period")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_service_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_service")),
        sa.UniqueConstraint("voucher_id", name=op.f("uq_plan_service_voucher_id")),
        comment="a service of a plan in force, as a process; one voucher funds one service (INV-03)",
    )
    op.create_index(op.f("ix_plan_service_plan_id"), "plan_service", ["plan_id"], unique=False)
    op.create_index(op.f("ix_plan_service_provider_id"), "plan_service", ["provider_id"], unique=False)
    op.create_table(
        "plan_version",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("major", sa.Integer(), nullable=False),
        sa.Column("minor", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("MAJOR", "MINOR", name="kind", native_enum=False, create_constraint=True, length=30),
            nullable=False,
        ),
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("content", postgresql.JSONB(), nullable=False),
        sa.Column("activated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("activated_by", sa.Text(), nullable=False),
        sa.Column("supersedes", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_version_plan_id")),
        sa.PrimaryKeyConstraint("plan_id", "major", "minor", name=op.f("pk_plan_version")),
        comment="a version that came into force; a trigger forbids any change (INV-24)",
    )
    op.create_table(
        "delivery",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("county_scheme", sa.Text(), nullable=False),
        sa.Column("county_code", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=True),
        sa.Column("plan_service_id", sa.Uuid(), nullable=True),
        sa.Column("voucher_id", sa.Uuid(), nullable=True),
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("service_code", sa.Text(), nullable=False),
        sa.Column("service_date", sa.Date(), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column(
            "mode",
            sa.Enum(
                "AT_CENTRE",
                "MOBILE_TEAM",
                "E_SERVICE",
                "AT_HOME",
                "PROVIDER_UNIT",
                "OTHER",
                name="mode",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("performer_title", sa.Text(), nullable=False),
        sa.Column("external_ref", sa.Text(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("conforms", sa.Boolean(), nullable=False),
        sa.Column("early", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_delivery_plan_id")),
        sa.ForeignKeyConstraint(["plan_service_id"], ["plan_service.id"], name=op.f("fk_delivery_plan_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        comment="a service that was given",
    )
    op.create_index("ix_delivery_client_id_created_at_id", "delivery", ["client_id", "created_at", "id"], unique=False)
    op.create_index(op.f("ix_delivery_plan_service_id"), "delivery", ["plan_service_id"], unique=False)
    op.create_index(op.f("ix_delivery_voucher_id"), "delivery", ["voucher_id"], unique=False)
    op.create_index(
        "uq_delivery_external_ref",
        "delivery",
        ["provider_id", "external_ref"],
        unique=True,
        postgresql_where=sa.text("external_ref <> ''"),
    )
    op.create_table(
        "deviation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("delivery_id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("plan_service_id", sa.Uuid(), nullable=True),
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("service_code", sa.Text(), nullable=False),
        sa.Column("service_date", sa.Date(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "NOT_IN_PLAN",
                "OVER_QUANTITY",
                "WRONG_PROVIDER",
                "MODE",
                "NOT_DELIVERED",
                "LATE",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column(
            "cause",
            sa.Enum(
                "URGENT_CARE",
                "CLIENT_WISH",
                "CAPACITY",
                "CLINICAL",
                "OTHER",
                name="cause",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=True,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "REPORTED",
                "JUSTIFIED",
                "UNJUSTIFIED",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["delivery_id"], ["delivery.id"], name=op.f("fk_deviation_delivery_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_deviation_plan_id")),
        sa.ForeignKeyConstraint(["plan_service_id"], ["plan_service.id"], name=op.f("fk_deviation_plan_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deviation")),
        sa.UniqueConstraint("delivery_id", name=op.f("uq_deviation_delivery_id")),
        comment="a delivery that was not as planned (S1.27)",
    )
    op.create_index(op.f("ix_deviation_plan_id"), "deviation", ["plan_id"], unique=False)
    op.execute(_IMMUTABLE)
    op.execute(_GUARD)


def downgrade() -> None:
    """Undo it."""
    op.drop_index(op.f("ix_deviation_plan_id"), table_name="deviation")
    op.drop_table("deviation")
    op.drop_index("uq_delivery_external_ref", table_name="delivery", postgresql_where=sa.text("external_ref <> ''"))
    op.drop_index(op.f("ix_delivery_voucher_id"), table_name="delivery")
    op.drop_index(op.f("ix_delivery_plan_service_id"), table_name="delivery")
    op.drop_index("ix_delivery_client_id_created_at_id", table_name="delivery")
    op.drop_table("delivery")
    op.drop_table("plan_version")
    op.drop_index(op.f("ix_plan_service_provider_id"), table_name="plan_service")
    op.drop_index(op.f("ix_plan_service_plan_id"), table_name="plan_service")
    op.drop_table("plan_service")
    op.drop_index("uq_consultation_current", table_name="consultation", postgresql_where=sa.text("NOT superseded"))
    op.drop_index("ix_consultation_provider_id_created_at_id", table_name="consultation")
    op.drop_index(op.f("ix_consultation_plan_id"), table_name="consultation")
    op.drop_index(
        "ix_consultation_pending_due", table_name="consultation", postgresql_where=sa.text("status = 'PENDING'")
    )
    op.drop_table("consultation")
    op.drop_index(
        "uq_acknowledgement_current", table_name="acknowledgement", postgresql_where=sa.text("NOT superseded")
    )
    op.drop_index("ix_acknowledgement_provider_id_created_at_id", table_name="acknowledgement")
    op.drop_index(op.f("ix_acknowledgement_plan_id"), table_name="acknowledgement")
    op.drop_index(
        "ix_acknowledgement_pending_due",
        table_name="acknowledgement",
        postgresql_where=sa.text("status = 'PENDING' AND NOT superseded"),
    )
    op.drop_table("acknowledgement")
    op.drop_index(op.f("ix_voucher_copy_plan_service_id"), table_name="voucher_copy")
    op.drop_index(op.f("ix_voucher_copy_client_id"), table_name="voucher_copy")
    op.drop_table("voucher_copy")
    op.drop_table("provider_copy")
    op.drop_index(
        "uq_plan_open_of_client",
        table_name="plan",
        postgresql_where=sa.text("status IN ('DRAFT', 'CONSULTATION', 'ACTIVE', 'UNDER_REVIEW')"),
    )
    op.drop_index(op.f("ix_plan_client_id"), table_name="plan")
    op.drop_table("plan")
    op.drop_index("ix_enrolment_wait_open", table_name="enrolment_wait", postgresql_where=sa.text("answered IS NULL"))
    op.drop_table("enrolment_wait")
    op.drop_index(op.f("ix_enrolment_copy_client_id"), table_name="enrolment_copy")
    op.drop_table("enrolment_copy")
    op.drop_index(op.f("ix_contract_copy_provider_id"), table_name="contract_copy")
    op.drop_table("contract_copy")
    op.drop_table("client_copy")
    op.drop_table("catalogue_copy")
    op.drop_index(op.f("ix_assessment_copy_client_id"), table_name="assessment_copy")
    op.drop_table("assessment_copy")
    op.execute("drop function refuse_change()")
    op.execute(sa.schema.DropSequence(sa.Sequence("plan_number")))
