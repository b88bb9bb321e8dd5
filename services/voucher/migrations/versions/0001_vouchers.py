"""The first tables: vouchers, redemptions, and copies of the neighbours' facts."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    # A range of one value gives a UUID or a text a GiST index, for the constraint against overlaps.
    op.execute("create type uuid_range as range (subtype = uuid)")
    op.execute("create type text_range as range (subtype = text)")
    op.create_table(
        "assessment_copy",
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("performing_organisation_id", sa.Uuid(), nullable=True),
        sa.Column("completed_date", sa.Date(), nullable=True),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("assessment_id", name=op.f("pk_assessment_copy")),
    )
    op.create_table(
        "catalogue_copy",
        sa.Column("service_code", sa.Text(), nullable=False),
        sa.Column("name_fi", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("task", sa.Text(), nullable=False, comment="which budget line pays it"),
        sa.Column("arrangements", postgresql.ARRAY(sa.Text(), as_tuple=True), nullable=False),
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
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reference_price_cents", sa.BigInteger(), nullable=False),
        sa.Column("fee_rule", sa.Text(), nullable=False),
        sa.Column("statutory_right", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("service_code", name=op.f("pk_catalogue_copy")),
    )
    op.create_table(
        "client_copy",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("attention", postgresql.ARRAY(sa.Text(), as_tuple=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("client_id", name=op.f("pk_client_copy")),
    )
    op.create_table(
        "contract_copy",
        sa.Column("contract_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("termination_effective", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("contract_id", name=op.f("pk_contract_copy")),
    )
    op.create_index(op.f("ix_contract_copy_provider_id"), "contract_copy", ["provider_id"], unique=False)
    op.create_table(
        "contract_line_copy",
        sa.Column("contract_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("service_code", sa.Text(), nullable=False),
        sa.Column("unit_ids", postgresql.ARRAY(sa.Uuid(), as_tuple=True), nullable=False),
        sa.Column("unit_price_cents", sa.BigInteger(), nullable=False),
        sa.Column("voucher", sa.Boolean(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("contract_id", "position", name=op.f("pk_contract_line_copy")),
    )
    op.create_index(op.f("ix_contract_line_copy_service_code"), "contract_line_copy", ["service_code"], unique=False)
    op.create_table(
        "decision_copy",
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("service_code", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("from_date", sa.Date(), nullable=False),
        sa.Column("to_date", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("decision_id", name=op.f("pk_decision_copy")),
    )
    op.create_index(op.f("ix_decision_copy_client_id"), "decision_copy", ["client_id"], unique=False)
    op.create_table(
        "delivery_copy",
        sa.Column("delivery_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("plan_service_id", sa.Uuid(), nullable=True),
        sa.Column("voucher_id", sa.Uuid(), nullable=True),
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("service_code", sa.Text(), nullable=False),
        sa.Column("service_date", sa.Date(), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("delivery_id", name=op.f("pk_delivery_copy")),
    )
    op.create_index(op.f("ix_delivery_copy_plan_service_id"), "delivery_copy", ["plan_service_id"], unique=False)
    op.create_index(op.f("ix_delivery_copy_voucher_id"), "delivery_copy", ["voucher_id"], unique=False)
    op.create_table(
        "guidance_copy",
        sa.Column("guidance_id", sa.Uuid(), nullable=False),
        sa.Column("voucher_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("given_time", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("guidance_id", name=op.f("pk_guidance_copy")),
    )
    op.create_index(op.f("ix_guidance_copy_voucher_id"), "guidance_copy", ["voucher_id"], unique=False)
    op.create_table(
        "plan_copy",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("plan_id", name=op.f("pk_plan_copy")),
    )
    op.create_index(op.f("ix_plan_copy_client_id"), "plan_copy", ["client_id"], unique=False)
    op.create_table(
        "plan_service_copy",
        sa.Column("plan_service_id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
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
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=True),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("contract_id", sa.Uuid(), nullable=True),
        sa.Column("voucher_id", sa.Uuid(), nullable=True),
        sa.Column("enrolment_id", sa.Uuid(), nullable=True),
        sa.Column("item_code", sa.Text(), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("units_delivered", sa.Integer(), nullable=False),
        sa.Column("from_date", sa.Date(), nullable=True),
        sa.Column("to_date", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("plan_service_id", name=op.f("pk_plan_service_copy")),
    )
    op.create_index(op.f("ix_plan_service_copy_client_id"), "plan_service_copy", ["client_id"], unique=False)
    op.create_index(op.f("ix_plan_service_copy_plan_id"), "plan_service_copy", ["plan_id"], unique=False)
    op.create_table(
        "provider_copy",
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("business_id", sa.Text(), nullable=False),
        sa.Column("display_name", sa.Text(), nullable=False),
        sa.Column("roles", postgresql.ARRAY(sa.Text(), as_tuple=True), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("provider_id", name=op.f("pk_provider_copy")),
    )
    op.create_table(
        "unit_copy",
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("display_name", sa.Text(), nullable=False),
        sa.Column("municipality_code", sa.Text(), nullable=False),
        sa.Column("modes", postgresql.ARRAY(sa.Text(), as_tuple=True), nullable=False),
        sa.Column("languages", postgresql.ARRAY(sa.Text(), as_tuple=True), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("unit_id", name=op.f("pk_unit_copy")),
    )
    op.create_index(op.f("ix_unit_copy_provider_id"), "unit_copy", ["provider_id"], unique=False)
    op.create_table(
        "voucher",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("county_scheme", sa.Text(), nullable=False),
        sa.Column("county_code", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=True),
        sa.Column("plan_service_id", sa.Uuid(), nullable=True),
        sa.Column("enrolment_id", sa.Uuid(), nullable=True),
        sa.Column("item_code", sa.Text(), nullable=False),
        sa.Column("service_code", sa.Text(), nullable=False),
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
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "regime",
            sa.Enum(
                "ASIAKASSETELI", "PALVELUSETELI", name="regime", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column(
            "value_kind",
            sa.Enum(
                "FIXED",
                "INCOME_DEPENDENT",
                "CEILING_TOTAL",
                name="value_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("fee_rule", sa.Text(), nullable=False),
        sa.Column("units_granted", sa.Integer(), nullable=False),
        sa.Column("unit_value", sa.BigInteger(), nullable=False),
        sa.Column("max_value", sa.BigInteger(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("claim_until", sa.Date(), nullable=False),
        sa.Column("content_spec", postgresql.JSONB(), nullable=False),
        sa.Column("issuer_organisation_id", sa.Uuid(), nullable=False),
        sa.Column("issuer_subject", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "DRAFT",
                "ISSUED",
                "RESERVED",
                "ACTIVE",
                "PARTIALLY_REDEEMED",
                "REROUTING",
                "CLOSING",
                "SETTLED",
                "EXPIRED",
                "REVOKED",
                "REFUSED",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("urgent_reason", sa.Text(), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=True),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("contract_id", sa.Uuid(), nullable=True),
        sa.Column("contract_version", sa.Integer(), nullable=False),
        sa.Column("agreed_price", sa.BigInteger(), nullable=True),
        sa.Column("county_share", sa.BigInteger(), nullable=True),
        sa.Column("client_share", sa.BigInteger(), nullable=True),
        sa.Column("accept_due", sa.Date(), nullable=True),
        sa.Column("accepted_content_version", sa.Integer(), nullable=False),
        sa.Column("units_redeemed", sa.Integer(), nullable=False),
        sa.Column("redeemed_cents", sa.BigInteger(), nullable=False),
        sa.Column("cut_off", sa.Date(), nullable=True),
        sa.Column(
            "revoke_reason",
            sa.Enum(
                "DECISION_CHANGED",
                "NEED_ENDED",
                "MOVED",
                "DECEASED",
                "MISUSE",
                "ENROLMENT_FAILED",
                "PLAN_CLOSED",
                name="revoke_reason",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "decline_reason",
            sa.Enum(
                "CAPACITY",
                "CLIENT_SAFETY",
                "STAFF_COMPETENCE",
                "CONFLICT",
                "OTHER",
                "TIMED_OUT",
                name="decline_reason",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        postgresql.ExcludeConstraint(
            (sa.text("uuid_range(client_id, client_id, '[]')"), "&&"),
            (sa.text("text_range(service_code, service_code, '[]')"), "&&"),
            (sa.text("daterange(valid_from, valid_to, '[]')"), "&&"),
            where=sa.text("state in ('DRAFT', 'ISSUED', 'RESERVED', 'ACTIVE', 'PARTIALLY_REDEEMED', 'REROUTING')"),
            using="gist",
            name="ex_voucher_overlap",
        ),
        sa.CheckConstraint(
            "not (state in ('RESERVED', 'ACTIVE', 'PARTIALLY_REDEEMED'))"
            " or (provider_id is not null and contract_id is not null and county_share is not null)",
            name=op.f("ck_voucher_with_provider"),
        ),
        sa.CheckConstraint(
            "regime <> 'ASIAKASSETELI' or coalesce(client_share, 0) = 0", name=op.f("ck_voucher_no_client_share")
        ),
        sa.CheckConstraint("county_share + client_share = agreed_price", name=op.f("ck_voucher_shares")),
        sa.CheckConstraint("redeemed_cents between 0 and max_value", name=op.f("ck_voucher_value")),
        sa.CheckConstraint("units_redeemed between 0 and units_granted", name=op.f("ck_voucher_units")),
        sa.CheckConstraint("valid_from <= valid_to", name=op.f("ck_voucher_period")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voucher")),
        sa.UniqueConstraint("number", name=op.f("uq_voucher_number")),
        comment="promises to pay for units of a care service; amounts in cents",
    )
    op.create_index(op.f("ix_voucher_client_id"), "voucher", ["client_id"], unique=False)
    op.create_index(op.f("ix_voucher_created_at_id"), "voucher", ["created_at", "id"], unique=False)
    op.create_index(op.f("ix_voucher_enrolment_id"), "voucher", ["enrolment_id"], unique=False)
    op.create_index(
        "ix_voucher_held_places",
        "voucher",
        ["provider_id"],
        unique=False,
        postgresql_where=sa.text("state in ('RESERVED', 'ACTIVE', 'PARTIALLY_REDEEMED')"),
    )
    op.create_index(op.f("ix_voucher_plan_id"), "voucher", ["plan_id"], unique=False)
    op.create_index("ix_voucher_provider_id", "voucher", ["provider_id", "created_at", "id"], unique=False)
    op.create_index(op.f("ix_voucher_state_valid_to"), "voucher", ["state", "valid_to"], unique=False)
    op.create_index(
        "uq_voucher_open_plan_service",
        "voucher",
        ["plan_service_id"],
        unique=True,
        postgresql_where=sa.text(
            "state in ('DRAFT', 'ISSUED', 'RESERVED', 'ACTIVE', 'PARTIALLY_REDEEMED', 'REROUTING')"
        ),
    )
    op.create_table(
        "voucher_number",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_voucher_number")),
        comment="the last number given to a voucher in each year",
    )
    op.create_table(
        "redemption",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("county_scheme", sa.Text(), nullable=False),
        sa.Column("county_code", sa.Text(), nullable=False),
        sa.Column("voucher_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("service_code", sa.Text(), nullable=False),
        sa.Column("delivery_id", sa.Uuid(), nullable=False),
        sa.Column("service_date", sa.Date(), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("unit_price", sa.BigInteger(), nullable=False),
        sa.Column("county_share", sa.BigInteger(), nullable=False),
        sa.Column("client_share", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "RECORDED",
                "ACCEPTED",
                "REJECTED",
                "SETTLED",
                "REVERSED",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "reject_code",
            sa.Enum(
                "EXPIRED",
                "NO_CONTRACT",
                "OVER_VALUE",
                "OVER_UNITS",
                "WRONG_SERVICE",
                "DUPLICATE",
                "NO_DELIVERY",
                "PRICE",
                "LATE_CLAIM",
                name="reject_code",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("settlement_id", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(state = 'REJECTED') = (reject_code is not null)", name=op.f("ck_redemption_rejected")),
        sa.CheckConstraint("county_share + client_share = unit_price * units", name=op.f("ck_redemption_shares")),
        sa.CheckConstraint("county_share >= 0 and client_share >= 0", name=op.f("ck_redemption_not_negative")),
        sa.CheckConstraint("units > 0", name=op.f("ck_redemption_units")),
        sa.ForeignKeyConstraint(["voucher_id"], ["voucher.id"], name=op.f("fk_redemption_voucher_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_redemption")),
        comment="providers' claims on vouchers (REDEMPTION-1); amounts in cents",
    )
    op.create_index(op.f("ix_redemption_client_id"), "redemption", ["client_id"], unique=False)
    op.create_index(op.f("ix_redemption_created_at_id"), "redemption", ["created_at", "id"], unique=False)
    op.create_index(
        "ix_redemption_payable",
        "redemption",
        ["provider_id", "service_date"],
        unique=False,
        postgresql_where=sa.text("state = 'ACCEPTED'"),
    )
    op.create_index(
        op.f("ix_redemption_provider_id_created_at_id"), "redemption", ["provider_id", "created_at", "id"], unique=False
    )
    op.create_index(
        op.f("ix_redemption_voucher_id_created_at_id"), "redemption", ["voucher_id", "created_at", "id"], unique=False
    )
    op.create_index(
        "uq_redemption_delivery",
        "redemption",
        ["delivery_id"],
        unique=True,
        postgresql_where=sa.text("state not in ('REJECTED', 'REVERSED')"),
    )


def downgrade() -> None:
    """Undo it."""
    for table in (
        "redemption",
        "voucher_number",
        "voucher",
        "unit_copy",
        "provider_copy",
        "plan_service_copy",
        "plan_copy",
        "guidance_copy",
        "delivery_copy",
        "decision_copy",
        "contract_line_copy",
        "contract_copy",
        "client_copy",
        "catalogue_copy",
        "assessment_copy",
    ):
        op.drop_table(table)
    op.execute("drop type text_range")
    op.execute("drop type uuid_range")
