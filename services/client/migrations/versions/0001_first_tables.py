"""The first tables of the client service."""

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
        "catalogue_copy",
        sa.Column("service_code", sa.Text(), nullable=False),
        sa.Column("sector", sa.Text(), nullable=False),
        sa.Column("task", sa.Text(), nullable=False),
        sa.Column("arrangements", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("service_code", name=op.f("pk_catalogue_copy")),
        comment="the county's catalogue as the provider service last told",
    )
    op.create_table(
        "client",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("county_scheme", sa.Text(), nullable=False),
        sa.Column("county_code", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "PROSPECT",
                "REGISTERED",
                "ACTIVE",
                "DORMANT",
                "MOVED_OUT",
                "DECEASED",
                "MERGED",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "identity_kind",
            sa.Enum(
                "UNVERIFIED",
                "PERSONAL_CODE",
                "TEMPORARY",
                name="identity_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("temporary_reason", sa.Text(), nullable=False),
        sa.Column("given_name", sa.Text(), nullable=False),
        sa.Column("family_name", sa.Text(), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column(
            "language",
            sa.Enum(
                "UNSPECIFIED",
                "FI",
                "SV",
                "SE",
                "OTHER",
                name="language",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("interpreter", sa.Boolean(), nullable=False),
        sa.Column("municipality_code", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("contact_address", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("attention_flags", postgresql.JSONB(none_as_null=True), nullable=False),
        sa.Column("own_worker", postgresql.JSONB(none_as_null=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client")),
        comment="the persons; identity codes stand sealed in identity_code",
    )
    op.create_table(
        "provider_copy",
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("county_enterprise", sa.Boolean(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("provider_id", name=op.f("pk_provider_copy")),
        comment="providers as the provider service last told",
    )
    op.create_table(
        "team",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("county_scheme", sa.Text(), nullable=False),
        sa.Column("county_code", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "FORMING",
                "ACTIVE",
                "INCOMPLETE",
                "CLOSED",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("enterprise_organisation_id", sa.Uuid(), nullable=False),
        sa.Column("display_name", sa.Text(), nullable=False),
        sa.Column("attached_unit_ids", postgresql.ARRAY(sa.Uuid(), as_tuple=True), nullable=False),
        sa.Column("mobile", sa.Boolean(), nullable=False),
        sa.Column("area_municipality_codes", postgresql.ARRAY(sa.Text(), as_tuple=True), nullable=False),
        sa.Column("members", postgresql.JSONB(none_as_null=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team")),
        comment="multi-professional teams of the county enterprise (S1.16)",
    )
    op.create_table(
        "unit_copy",
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("centre", sa.Boolean(), nullable=False, comment="a health and social services centre"),
        sa.PrimaryKeyConstraint("unit_id", name=op.f("pk_unit_copy")),
        comment="service units of the providers",
    )
    op.create_index(op.f("ix_unit_copy_provider_id"), "unit_copy", ["provider_id"], unique=False)
    op.create_table(
        "contact",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("county_scheme", sa.Text(), nullable=False),
        sa.Column("county_code", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=True, comment="NULL: anonymous"),
        sa.Column(
            "channel",
            sa.Enum(
                "VISIT",
                "PHONE",
                "ELECTRONIC",
                "OUTREACH",
                "LETTER",
                name="channel",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column(
            "initiator",
            sa.Enum(
                "SELF",
                "RELATIVE",
                "PROFESSIONAL",
                "NOTIFICATION",
                name="initiator",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_contact_client_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
        comment="somebody asked, told or notified; rows never change",
    )
    op.create_index(op.f("ix_contact_client_id_received_at"), "contact", ["client_id", "received_at"], unique=False)
    op.create_table(
        "guidance",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("county_scheme", sa.Text(), nullable=False),
        sa.Column("county_code", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=True, comment="NULL: anonymous"),
        sa.Column(
            "kind",
            sa.Enum("GUIDANCE", "ADVICE", "SUPPORT", name="kind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("giver_organisation_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column(
            "channel",
            sa.Enum(
                "VISIT",
                "PHONE",
                "ELECTRONIC",
                "OUTREACH",
                "LETTER",
                name="channel",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("voucher_id", sa.Uuid(), nullable=True),
        sa.Column("option_provider_ids", postgresql.ARRAY(sa.Uuid(), as_tuple=True), nullable=False),
        sa.Column("options_digest", sa.Text(), nullable=False),
        sa.Column(
            "language",
            sa.Enum(
                "UNSPECIFIED",
                "FI",
                "SV",
                "SE",
                "OTHER",
                name="language",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("client_understood", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "voucher_id is null or (client_id is not null and cardinality(option_provider_ids) > 0)",
            name=op.f("ck_guidance_choice"),
        ),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_guidance_client_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guidance")),
        comment="guidance, advice and support on freedom of choice (S1.12); rows never change",
    )
    op.create_index(op.f("ix_guidance_client_id_created_at"), "guidance", ["client_id", "created_at"], unique=False)
    op.create_index(op.f("ix_guidance_voucher_id"), "guidance", ["voucher_id"], unique=False)
    op.create_table(
        "identity_code",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("blind_index", sa.LargeBinary(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("key_version", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_to", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_identity_code_client_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity_code")),
        comment="AES-256-GCM; no code is ever given to a second client, nor a client given two at once",
    )
    op.create_index("uq_identity_code_blind_index", "identity_code", ["blind_index"], unique=True)
    op.create_index(
        "uq_identity_code_current",
        "identity_code",
        ["client_id"],
        unique=True,
        postgresql_where=sa.text("valid_to is null"),
    )
    op.create_table(
        "assessment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("county_scheme", sa.Text(), nullable=False),
        sa.Column("county_code", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "INITIATED",
                "STARTED",
                "WAITING",
                "COMPLETED",
                "CANCELLED",
                "SUPERSEDED",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("grounds", postgresql.JSONB(none_as_null=True), nullable=False),
        sa.Column("pending_date", sa.Date(), nullable=False),
        sa.Column("start_due", sa.Date(), nullable=True),
        sa.Column("complete_due", sa.Date(), nullable=True),
        sa.Column("deadline_rules", postgresql.ARRAY(sa.Text(), as_tuple=True), nullable=False),
        sa.Column("repeat_reason", sa.Text(), nullable=False),
        sa.Column("team_id", sa.Uuid(), nullable=True),
        sa.Column("performing_organisation_id", sa.Uuid(), nullable=True),
        sa.Column("performed_at_unit_id", sa.Uuid(), nullable=True),
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
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("lead", postgresql.JSONB(none_as_null=True), nullable=True),
        sa.Column("participants", postgresql.JSONB(none_as_null=True), nullable=False),
        sa.Column("started_date", sa.Date(), nullable=True),
        sa.Column("waiting_reason", sa.Text(), nullable=False),
        sa.Column("completed_date", sa.Date(), nullable=True),
        sa.Column("findings", postgresql.JSONB(none_as_null=True), nullable=False),
        sa.Column("plan_needed", sa.Boolean(), nullable=False),
        sa.Column(
            "cancel_reason",
            sa.Enum(
                "CLIENT_WITHDREW",
                "OBVIOUSLY_UNNECESSARY",
                "MOVED",
                "DECEASED",
                "DUPLICATE",
                name="cancel_reason",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_assessment_client_id")),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_assessment_contact_id")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_assessment_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
        comment="needs assessments; at most one under way for a client (ASSESSMENT-1)",
    )
    op.create_index(
        op.f("ix_assessment_client_id_completed_date"), "assessment", ["client_id", "completed_date"], unique=False
    )
    op.create_index(
        "uq_assessment_under_way",
        "assessment",
        ["client_id"],
        unique=True,
        postgresql_where=sa.text("status in ('INITIATED', 'STARTED', 'WAITING')"),
    )
    op.create_table(
        "decision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("county_scheme", sa.Text(), nullable=False),
        sa.Column("county_code", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("service_code", sa.Text(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "PENDING",
                "GRANTED",
                "PARTLY",
                "REJECTED",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("from_date", sa.Date(), nullable=True),
        sa.Column("to_date", sa.Date(), nullable=True),
        sa.Column("grounds", sa.Text(), nullable=False),
        sa.Column("decided_date", sa.Date(), nullable=False),
        sa.Column("appeal_until", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "status = 'REJECTED' or (from_date is not null and to_date >= from_date)", name=op.f("ck_decision_period")
        ),
        sa.CheckConstraint("units >= 0", name=op.f("ck_decision_units")),
        sa.ForeignKeyConstraint(["assessment_id"], ["assessment.id"], name=op.f("fk_decision_assessment_id")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_decision_client_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        comment="decisions on services (ASSESSMENT-7); one for each service of an assessment",
    )
    op.create_index(op.f("ix_decision_client_id_to_date"), "decision", ["client_id", "to_date"], unique=False)
    op.create_index("uq_decision_service", "decision", ["assessment_id", "service_code"], unique=True)


def downgrade() -> None:
    """Undo it."""
    op.drop_index("uq_decision_service", table_name="decision")
    op.drop_index(op.f("ix_decision_client_id_to_date"), table_name="decision")
    op.drop_table("decision")
    op.drop_index(
        "uq_assessment_under_way",
        table_name="assessment",
        postgresql_where=sa.text("status in ('INITIATED', 'STARTED', 'WAITING')"),
    )
    op.drop_index(op.f("ix_assessment_client_id_completed_date"), table_name="assessment")
    op.drop_table("assessment")
    op.drop_index("uq_identity_code_current", table_name="identity_code", postgresql_where=sa.text("valid_to is null"))
    op.drop_index("uq_identity_code_blind_index", table_name="identity_code")
    op.drop_table("identity_code")
    op.drop_index(op.f("ix_guidance_voucher_id"), table_name="guidance")
    op.drop_index(op.f("ix_guidance_client_id_created_at"), table_name="guidance")
    op.drop_table("guidance")
    op.drop_index(op.f("ix_contact_client_id_received_at"), table_name="contact")
    op.drop_table("contact")
    op.drop_index(op.f("ix_unit_copy_provider_id"), table_name="unit_copy")
    op.drop_table("unit_copy")
    op.drop_table("team")
    op.drop_table("provider_copy")
    op.drop_table("client")
    op.drop_table("catalogue_copy")
