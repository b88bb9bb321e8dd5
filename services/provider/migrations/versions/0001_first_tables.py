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
    op.execute(sa.schema.CreateSequence(sa.Sequence("contract_number")))
    op.create_table(
        "catalogue_service",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("county_scheme", sa.Text(), nullable=False),
        sa.Column("county_code", sa.Text(), nullable=False),
        sa.Column("service_code", sa.Text(), nullable=False),
        sa.Column("entry", postgresql.JSONB(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(entry ->> 'reference_price_cents')::bigint >= 0", name=op.f("ck_catalogue_service_price_not_negative")
        ),
        sa.CheckConstraint("county_code ~ '^[0-9]{2}$'", name=op.f("ck_catalogue_service_county")),
        sa.CheckConstraint("county_scheme in ('MAAKUNTA_2017', 'HVA_2023')", name=op.f("ck_catalogue_service_scheme")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_catalogue_service")),
        sa.UniqueConstraint("service_code", name="uq_catalogue_service_code"),
        comment="the county's services",
    )
    op.create_index("ix_catalogue_service_created_at_uid", "catalogue_service", ["created_at", "uid"], unique=False)
    op.create_table(
        "condition_set",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("county_scheme", sa.Text(), nullable=False),
        sa.Column("county_code", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("conditions", postgresql.JSONB(), nullable=False),
        sa.Column("clauses", postgresql.JSONB(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "DRAFT",
                "PUBLISHED",
                "SUPERSEDED",
                name="condition_set_state",
                native_enum=False,
                create_constraint=True,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("county_code ~ '^[0-9]{2}$'", name=op.f("ck_condition_set_county")),
        sa.CheckConstraint("county_scheme in ('MAAKUNTA_2017', 'HVA_2023')", name=op.f("ck_condition_set_scheme")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_condition_set")),
        sa.UniqueConstraint("scope", "number", name="uq_condition_set_number"),
        comment="versions of the county's conditions",
    )
    op.create_index("ix_condition_set_created_at_uid", "condition_set", ["created_at", "uid"], unique=False)
    op.create_index(
        "uq_condition_set_draft", "condition_set", ["scope"], unique=True, postgresql_where=sa.text("state = 'DRAFT'")
    )
    op.create_index(
        "uq_condition_set_published",
        "condition_set",
        ["scope"],
        unique=True,
        postgresql_where=sa.text("state = 'PUBLISHED'"),
    )
    op.create_table(
        "provider",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("county_scheme", sa.Text(), nullable=False),
        sa.Column("county_code", sa.Text(), nullable=False),
        sa.Column("business_id", sa.Text(), nullable=False),
        sa.Column("roles", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("application", postgresql.JSONB(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "APPLICANT",
                "APPROVED",
                "FROZEN",
                "REMOVED",
                name="provider_state",
                native_enum=False,
                create_constraint=True,
            ),
            nullable=False,
        ),
        sa.Column("state_reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("county_code ~ '^[0-9]{2}$'", name=op.f("ck_provider_county")),
        sa.CheckConstraint("county_scheme in ('MAAKUNTA_2017', 'HVA_2023')", name=op.f("ck_provider_scheme")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_provider")),
        sa.UniqueConstraint("business_id", name="uq_provider_business_id"),
        comment="organisations that deliver or have applied to",
    )
    op.create_index("ix_provider_created_at_uid", "provider", ["created_at", "uid"], unique=False)
    op.create_index(
        "uq_provider_enterprise",
        "provider",
        ["county_scheme", "county_code"],
        unique=True,
        postgresql_where=sa.text("'COUNTY_ENTERPRISE' = any (roles) and state <> 'REMOVED'"),
    )
    op.create_table(
        "contract",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("county_scheme", sa.Text(), nullable=False),
        sa.Column("county_code", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "DIRECT_CHOICE",
                "VOUCHER",
                "PURCHASE",
                "INTERNAL_ASSIGNMENT",
                name="contract_kind",
                native_enum=False,
                create_constraint=True,
            ),
            nullable=False,
        ),
        sa.Column("condition_set_id", sa.Uuid(), nullable=False),
        sa.Column("condition_set_number", sa.Integer(), nullable=False),
        sa.Column("terms", postgresql.JSONB(), nullable=False),
        sa.Column("clauses", postgresql.JSONB(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "DRAFT",
                "CONDITIONS_ACCEPTED",
                "ACTIVE",
                "SUSPENDED",
                "TERMINATED",
                "EXPIRED",
                "WITHDRAWN",
                name="contract_state",
                native_enum=False,
                create_constraint=True,
            ),
            nullable=False,
        ),
        sa.Column("termination_effective", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("county_code ~ '^[0-9]{2}$'", name=op.f("ck_contract_county")),
        sa.CheckConstraint("county_scheme in ('MAAKUNTA_2017', 'HVA_2023')", name=op.f("ck_contract_scheme")),
        sa.ForeignKeyConstraint(["condition_set_id"], ["condition_set.uid"], name=op.f("fk_contract_condition_set_id")),
        sa.ForeignKeyConstraint(["provider_id"], ["provider.uid"], name=op.f("fk_contract_provider_id")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_contract")),
        sa.UniqueConstraint("number", name="uq_contract_number"),
        comment="contracts and internal assignments",
    )
    op.create_index("ix_contract_created_at_uid", "contract", ["created_at", "uid"], unique=False)
    op.create_index("ix_contract_provider_id", "contract", ["provider_id"], unique=False)
    op.create_table(
        "evidence",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("county_scheme", sa.Text(), nullable=False),
        sa.Column("county_code", sa.Text(), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("condition_code", sa.Text(), nullable=False),
        sa.Column(
            "status",
            sa.Enum("MET", "NOT_MET", "EXPIRED", name="evidence_status", native_enum=False, create_constraint=True),
            nullable=False,
        ),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("document_ref", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("county_code ~ '^[0-9]{2}$'", name=op.f("ck_evidence_county")),
        sa.CheckConstraint("county_scheme in ('MAAKUNTA_2017', 'HVA_2023')", name=op.f("ck_evidence_scheme")),
        sa.CheckConstraint("status <> 'EXPIRED'", name=op.f("ck_evidence_expired_is_derived")),
        sa.ForeignKeyConstraint(["provider_id"], ["provider.uid"], name=op.f("fk_evidence_provider_id")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_evidence")),
        sa.UniqueConstraint("provider_id", "condition_code", name="uq_evidence_condition"),
        comment="what the county found of a provider and a condition",
    )
    op.create_index("ix_evidence_created_at_uid", "evidence", ["created_at", "uid"], unique=False)
    op.create_table(
        "service_unit",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("county_scheme", sa.Text(), nullable=False),
        sa.Column("county_code", sa.Text(), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("terms", postgresql.JSONB(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.CheckConstraint("county_code ~ '^[0-9]{2}$'", name=op.f("ck_service_unit_county")),
        sa.CheckConstraint("county_scheme in ('MAAKUNTA_2017', 'HVA_2023')", name=op.f("ck_service_unit_scheme")),
        sa.ForeignKeyConstraint(["provider_id"], ["provider.uid"], name=op.f("fk_service_unit_provider_id")),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_service_unit")),
        sa.UniqueConstraint("county_scheme", "county_code", "code", name="uq_service_unit_code"),
        sa.UniqueConstraint("provider_id", "position", name="uq_service_unit_position"),
        comment="units of providers",
    )


def downgrade() -> None:
    """Undo it."""
    op.drop_table("service_unit")
    op.drop_table("evidence")
    op.drop_table("contract")
    op.drop_index(
        "uq_provider_enterprise",
        table_name="provider",
        postgresql_where=sa.text("'COUNTY_ENTERPRISE' = any (roles) and state <> 'REMOVED'"),
    )
    op.drop_table("provider")
    op.drop_table("condition_set")
    op.drop_table("catalogue_service")
    op.execute(sa.schema.DropSequence(sa.Sequence("contract_number")))
