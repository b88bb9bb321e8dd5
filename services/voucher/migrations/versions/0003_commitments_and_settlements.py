"""Commitments with their charges, envelopes of enrolments, and settlement batches."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "commitment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("county_scheme", sa.Text(), nullable=False),
        sa.Column("county_code", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("plan_service_id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=True),
        sa.Column("item_code", sa.Text(), nullable=False),
        sa.Column("service_code", sa.Text(), nullable=False),
        sa.Column("arrangement", sa.Text(), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("contract_id", sa.Uuid(), nullable=False),
        sa.Column("unit_price", sa.BigInteger(), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("arrangement in ('OWN', 'PURCHASE')", name=op.f("ck_commitment_arrangement")),
        sa.CheckConstraint(
            "status in ('AWAITING_FUNDS', 'COMMITTED', 'CLOSED', 'CANCELLED')", name=op.f("ck_commitment_status")
        ),
        sa.CheckConstraint("unit_price >= 0", name=op.f("ck_commitment_unit_price")),
        sa.CheckConstraint("units > 0", name=op.f("ck_commitment_units")),
        sa.CheckConstraint("valid_from <= valid_to", name=op.f("ck_commitment_period")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitment")),
        sa.UniqueConstraint("plan_service_id", name=op.f("uq_commitment_plan_service_id")),
        comment="own production and purchases that plans order, at copied prices in cents",
    )
    op.create_index(op.f("ix_commitment_client_id"), "commitment", ["client_id"], unique=False)
    op.create_index(op.f("ix_commitment_created_at_id"), "commitment", ["created_at", "id"], unique=False)
    op.create_index(op.f("ix_commitment_enrolment_id"), "commitment", ["enrolment_id"], unique=False)
    op.create_index(op.f("ix_commitment_plan_id"), "commitment", ["plan_id"], unique=False)
    op.create_table(
        "enrolment_envelope",
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("county_scheme", sa.Text(), nullable=False),
        sa.Column("county_code", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "status in ('RESERVED', 'REFUSED', 'FUNDED', 'FUNDING_FAILED', 'CLOSED', 'UNDONE')",
            name=op.f("ck_enrolment_envelope_status"),
        ),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_enrolment_envelope_amount")),
        sa.PrimaryKeyConstraint("enrolment_id", name=op.f("pk_enrolment_envelope")),
        comment="money reserved for an enrolment as a whole, in cents; the ledger holds what is left of it",
    )
    op.create_table(
        "settlement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("county_scheme", sa.Text(), nullable=False),
        sa.Column("county_code", sa.Text(), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("period_start", sa.Date(), nullable=False),
        sa.Column("period_end", sa.Date(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("item_count", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("approved_by", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("payment_reference", sa.Text(), nullable=False),
        sa.Column("failure_code", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(status = 'DRAFT') = (approved_by = '')", name=op.f("ck_settlement_approved")),
        sa.CheckConstraint("(status = 'PAID') = (payment_reference <> '')", name=op.f("ck_settlement_paid")),
        sa.CheckConstraint(
            "status in ('DRAFT', 'APPROVED', 'SENT', 'PAID', 'FAILED')", name=op.f("ck_settlement_status")
        ),
        sa.CheckConstraint("approved_by <> created_by", name=op.f("ck_settlement_four_eyes")),
        sa.CheckConstraint("item_count > 0", name=op.f("ck_settlement_item_count")),
        sa.CheckConstraint("period_start <= period_end", name=op.f("ck_settlement_period")),
        sa.CheckConstraint("total >= 0", name=op.f("ck_settlement_total")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settlement")),
        comment="what is paid to one provider for one period, in cents (PROCESS-A14, INV-27)",
    )
    op.create_index(op.f("ix_settlement_created_at_id"), "settlement", ["created_at", "id"], unique=False)
    op.create_index(
        op.f("ix_settlement_provider_id_created_at_id"), "settlement", ["provider_id", "created_at", "id"], unique=False
    )
    op.create_table(
        "charge",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("county_scheme", sa.Text(), nullable=False),
        sa.Column("county_code", sa.Text(), nullable=False),
        sa.Column("commitment_id", sa.Uuid(), nullable=False),
        sa.Column("delivery_id", sa.Uuid(), nullable=False),
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("service_date", sa.Date(), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("reject_code", sa.Text(), nullable=False),
        sa.Column("settlement_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(status = 'REJECTED') = (reject_code <> '')", name=op.f("ck_charge_rejected")),
        sa.CheckConstraint("status <> 'REJECTED' or amount = 0", name=op.f("ck_charge_nothing_paid")),
        sa.CheckConstraint(
            "status in ('RECORDED', 'BOOKED', 'ACCEPTED', 'SETTLED', 'REJECTED')", name=op.f("ck_charge_status")
        ),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_charge_amount")),
        sa.CheckConstraint("units > 0", name=op.f("ck_charge_units")),
        sa.ForeignKeyConstraint(["commitment_id"], ["commitment.id"], name=op.f("fk_charge_commitment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_charge")),
        sa.UniqueConstraint("delivery_id", name=op.f("uq_charge_delivery_id")),
        comment="what a delivery costs on a commitment; each delivery once (INV-26)",
    )
    op.create_index(op.f("ix_charge_commitment_id_created_at"), "charge", ["commitment_id", "created_at"], unique=False)
    op.create_index(
        op.f("ix_charge_provider_id_service_date"),
        "charge",
        ["provider_id", "service_date"],
        unique=False,
        postgresql_where=sa.text("status = 'ACCEPTED'"),
    )
    op.create_table(
        "settlement_item",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("settlement_id", sa.Uuid(), nullable=False),
        sa.Column("source_type", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("delivery_id", sa.Uuid(), nullable=False),
        sa.Column("service_code", sa.Text(), nullable=False),
        sa.Column("service_date", sa.Date(), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind in ('REDEMPTION', 'CHARGE')", name=op.f("ck_settlement_item_kind")),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_settlement_item_amount")),
        sa.ForeignKeyConstraint(["settlement_id"], ["settlement.id"], name=op.f("fk_settlement_item_settlement_id")),
        sa.PrimaryKeyConstraint("kind", "item_id", name=op.f("pk_settlement_item")),
        comment="redemptions and charges of a batch; the key keeps each in one batch only (INV-11)",
    )
    op.create_index(
        op.f("ix_settlement_item_settlement_id_created_at_item_id"),
        "settlement_item",
        ["settlement_id", "created_at", "item_id"],
        unique=False,
    )


def downgrade() -> None:
    """Undo it."""
    for table in ("settlement_item", "settlement", "charge", "commitment", "enrolment_envelope"):
        op.drop_table(table)
