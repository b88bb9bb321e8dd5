"""The first tables of this service."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "assessment_copy",
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("completed_date", sa.Date(), nullable=False),
        sa.Column("body", postgresql.JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("assessment_id", name=op.f("pk_assessment_copy")),
    )
    op.create_index("ix_assessment_copy_client_id", "assessment_copy", ["client_id"], unique=False)
    op.create_table(
        "catalogue_copy",
        sa.Column("service_code", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", postgresql.JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("service_code", name=op.f("pk_catalogue_copy")),
    )
    op.create_table(
        "client_copy",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("client_id", name=op.f("pk_client_copy")),
    )
    op.create_table(
        "contract_copy",
        sa.Column("contract_id", sa.Uuid(), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", postgresql.JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("contract_id", name=op.f("pk_contract_copy")),
    )
    op.create_index("ix_contract_copy_provider_id", "contract_copy", ["provider_id"], unique=False)
    op.create_table(
        "enrolment",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("county_scheme", sa.Text(), nullable=False),
        sa.Column("county_code", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("package_id", sa.Uuid(), nullable=False),
        sa.Column("package_code", sa.Text(), nullable=False),
        sa.Column("package_number", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("exception_reason", sa.Text(), nullable=False),
        sa.Column("envelope_cents", sa.BigInteger(), nullable=False),
        sa.Column("proposing_organisation_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "PROPOSED",
                "ACCEPTED",
                "EXPANDING",
                "ACTIVE",
                "COMPLETED",
                "FAILED",
                "WITHDRAWN",
                "CANCELLED",
                name="enrolment_state",
                native_enum=False,
                create_constraint=True,
            ),
            nullable=False,
        ),
        sa.Column(
            "step",
            sa.Enum(
                "NONE",
                "ENVELOPE",
                "PLANNING",
                "PLAN_ACTIVATION",
                "FUNDING",
                "DONE",
                name="step",
                native_enum=False,
                create_constraint=True,
            ),
            nullable=False,
        ),
        sa.Column("plan_id", sa.Uuid(), nullable=True),
        sa.Column("plan_version", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("county_code ~ '^[0-9]{2}$'", name=op.f("ck_enrolment_county")),
        sa.CheckConstraint("county_scheme in ('MAAKUNTA_2017', 'HVA_2023')", name=op.f("ck_enrolment_scheme")),
        sa.CheckConstraint("envelope_cents >= 0", name=op.f("ck_enrolment_envelope_not_negative")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_enrolment")),
        comment="clients' places in packages, with the state of process B",
    )
    op.create_index("ix_enrolment_client_id", "enrolment", ["client_id"], unique=False)
    op.create_index("ix_enrolment_created_at_uid", "enrolment", ["created_at", "uid"], unique=False)
    op.create_index(
        "uq_enrolment_open",
        "enrolment",
        ["client_id", "package_id"],
        unique=True,
        postgresql_where=sa.text("state in ('PROPOSED', 'ACCEPTED', 'EXPANDING', 'ACTIVE')"),
    )
    op.create_table(
        "package",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("county_scheme", sa.Text(), nullable=False),
        sa.Column("county_code", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("DRAFT", "PUBLISHED", "RETIRED", name="package_state", native_enum=False, create_constraint=True),
            nullable=False,
        ),
        sa.Column("published_number", sa.Integer(), nullable=False),
        sa.Column("published", postgresql.JSONB(), nullable=True),
        sa.Column("draft_number", sa.Integer(), nullable=False),
        sa.Column("draft", postgresql.JSONB(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(state = 'DRAFT') = (published is null)", name=op.f("ck_package_state_published")),
        sa.CheckConstraint("county_code ~ '^[0-9]{2}$'", name=op.f("ck_package_county")),
        sa.CheckConstraint("county_scheme in ('MAAKUNTA_2017', 'HVA_2023')", name=op.f("ck_package_scheme")),
        sa.CheckConstraint("(draft is null) = (draft_number = 0)", name=op.f("ck_package_draft")),
        sa.CheckConstraint("(published is null) = (published_number = 0)", name=op.f("ck_package_published")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_package")),
        sa.UniqueConstraint("code", name="uq_package_code"),
        comment="service packages with their published and drafted versions",
    )
    op.create_index("ix_package_created_at_uid", "package", ["created_at", "uid"], unique=False)
    op.create_table(
        "provider_copy",
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", postgresql.JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("provider_id", name=op.f("pk_provider_copy")),
    )
    op.create_table(
        "superseded_assessment_copy",
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("assessment_id", name=op.f("pk_superseded_assessment_copy")),
        comment="assessments that a newer one took the place of, or that were cancelled",
    )
    op.create_table(
        "enrolment_item",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("item_code", sa.Text(), nullable=False),
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
            ),
            nullable=False,
        ),
        sa.Column("provider_id", sa.Uuid(), nullable=True),
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
                name="care_unit",
                native_enum=False,
                create_constraint=True,
            ),
            nullable=False,
        ),
        sa.Column("from_date", sa.Date(), nullable=False),
        sa.Column("to_date", sa.Date(), nullable=False),
        sa.Column("modes", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("mandatory", sa.Boolean(), nullable=False),
        sa.Column("unit_cost_cents", sa.BigInteger(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "OFFERED",
                "NOT_TAKEN",
                "TAKEN",
                "PLANNED",
                "IN_FORCE",
                "COMPLETED",
                "SKIPPED",
                "CANCELLED",
                name="item_state",
                native_enum=False,
                create_constraint=True,
            ),
            nullable=False,
        ),
        sa.Column("plan_service_id", sa.Uuid(), nullable=True),
        sa.Column("voucher_id", sa.Uuid(), nullable=True),
        sa.Column("commitment_id", sa.Uuid(), nullable=True),
        sa.Column("units_delivered", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("from_date <= to_date", name=op.f("ck_enrolment_item_period")),
        sa.CheckConstraint(
            "units >= 0 and units_delivered >= 0 and unit_cost_cents >= 0", name=op.f("ck_enrolment_item_not_negative")
        ),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.uid"], name=op.f("fk_enrolment_item_enrolment_id")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_enrolment_item")),
        sa.UniqueConstraint("enrolment_id", "item_code", name="uq_enrolment_item_code"),
        comment="the items of enrolments and how far they are",
    )
    op.create_index("ix_enrolment_item_plan_service_id", "enrolment_item", ["plan_service_id"], unique=False)
    op.create_table(
        "package_version",
        sa.Column("package_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", postgresql.JSONB(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["package_id"], ["package.uid"], name=op.f("fk_package_version_package_id")),
        sa.PrimaryKeyConstraint("package_id", "number", name=op.f("pk_package_version")),
        comment="every version ever published; never changed",
    )


def downgrade() -> None:
    """Undo it."""
    op.drop_table("package_version")
    op.drop_table("enrolment_item")
    op.drop_table("superseded_assessment_copy")
    op.drop_table("provider_copy")
    op.drop_table("package")
    op.drop_index(
        "uq_enrolment_open",
        table_name="enrolment",
        postgresql_where=sa.text("state in ('PROPOSED', 'ACCEPTED', 'EXPANDING', 'ACTIVE')"),
    )
    op.drop_table("enrolment")
    op.drop_table("contract_copy")
    op.drop_table("client_copy")
    op.drop_table("catalogue_copy")
    op.drop_table("assessment_copy")
