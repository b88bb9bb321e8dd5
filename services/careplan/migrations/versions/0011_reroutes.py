"""Searches for another provider, and what starts and moves them (PROCESS-C1 to PROCESS-C9, process E)."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

CAUSES = ("CONTRACT", "PROVIDER_QUIT", "CLIENT_CHANGE", "PLAN_REFUSED", "VOUCHER_REFUSED", "DECLINED")
STATES = ("OPEN", "GUIDED", "CHOSEN", "CONFIRMED", "COUNTY_TAKES_OVER", "STAYS", "CLOSED")
SEARCHING = "status IN ('OPEN', 'GUIDED', 'CHOSEN')"
RESOLVED = "'CONFIRMED', 'COUNTY_TAKES_OVER', 'STAYS'"


def upgrade() -> None:
    """Make the tables, and note what known contracts no longer carry."""
    _cases()
    op.create_table(
        "provider_refusal",
        sa.Column("source_id", sa.Uuid(), nullable=False, comment="the acknowledgement, or the voucher"),
        sa.Column("source_version", sa.Integer(), nullable=False, comment="of the voucher; 0 of an acknowledgement"),
        sa.Column(
            "subject_id",
            sa.Uuid(),
            nullable=False,
            comment="the planned service, or the voucher of a client without one",
        ),
        sa.PrimaryKeyConstraint("source_id", "source_version", "subject_id", name=op.f("pk_provider_refusal")),
        comment="providers who would not take a service on (process E); each refusal counts once, whenever it is heard",
    )
    op.create_index("ix_provider_refusal_subject_id", "provider_refusal", ["subject_id"])
    op.create_table(
        "contract_loss",
        sa.Column("contract_id", sa.Uuid(), nullable=False),
        sa.Column("service_code", sa.Text(), nullable=False, comment="empty: every service"),
        sa.Column("cut_off", sa.Date(), nullable=False, comment="the first day it is no longer served"),
        sa.PrimaryKeyConstraint("contract_id", "service_code", name=op.f("pk_contract_loss")),
        comment="what contracts no longer carry: planned services that rest on it are re-routed (PROCESS-C1, INV-20)",
    )
    op.create_table(
        "support_copy",
        sa.Column("guidance_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("voucher_id", sa.Uuid()),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("guidance_id", name=op.f("pk_support_copy")),
        comment="support given to clients in a choice, of the client service",
    )
    op.create_index(op.f("ix_support_copy_client_id"), "support_copy", ["client_id"])
    op.create_index(
        "ix_plan_service_contract_id",
        "plan_service",
        ["contract_id"],
        postgresql_where=sa.text("status IN ('ASSIGNED', 'ACKNOWLEDGED', 'IN_DELIVERY', 'SUSPENDED')"),
    )
    op.execute(
        "insert into contract_loss (contract_id, service_code, cut_off)"
        " select contract_id, '', case status when 'SUSPENDED' then current_date else valid_to + 1 end"
        " from contract_copy where status in ('SUSPENDED', 'TERMINATED', 'EXPIRED')"
    )


def _cases() -> None:
    op.create_table(
        "reroute_case",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid()),
        sa.Column("plan_service_id", sa.Uuid()),
        sa.Column("voucher_id", sa.Uuid()),
        sa.Column("service_code", sa.Text(), nullable=False),
        sa.Column("cause", _word("cause", CAUSES), nullable=False),
        sa.Column("old_provider_id", sa.Uuid()),
        sa.Column("old_unit_id", sa.Uuid()),
        sa.Column("old_contract_id", sa.Uuid()),
        sa.Column("cut_off", sa.Date(), comment="the first day the old provider no longer serves"),
        sa.Column("started", sa.Integer(), comment="the version of the voucher that told it"),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("status", _word("status", STATES), nullable=False),
        sa.Column("refusals", sa.Integer(), nullable=False),
        sa.Column("overdue", sa.Boolean(), nullable=False),
        sa.Column("new_provider_id", sa.Uuid()),
        sa.Column("handover_until", sa.Date()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("fact_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("refusals >= 0", name=op.f("ck_reroute_case_refusals")),
        sa.CheckConstraint("plan_service_id IS NOT NULL OR voucher_id IS NOT NULL", name=op.f("ck_reroute_case_about")),
        sa.CheckConstraint("(plan_id IS NULL) = (plan_service_id IS NULL)", name=op.f("ck_reroute_case_plan")),
        sa.CheckConstraint(
            "new_provider_id IS NOT NULL OR status NOT IN ('CHOSEN', 'CONFIRMED')",
            name=op.f("ck_reroute_case_chosen"),
        ),
        sa.CheckConstraint(
            f"handover_until IS NOT NULL OR status NOT IN ({RESOLVED})", name=op.f("ck_reroute_case_handover")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_reroute_case_plan_id")),
        sa.ForeignKeyConstraint(["plan_service_id"], ["plan_service.id"], name=op.f("fk_reroute_case_plan_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reroute_case")),
        comment="another provider is sought (process C); one search at a time for a service, or for a lone voucher",
    )
    for column in ("client_id", "plan_id", "plan_service_id"):
        op.create_index(op.f(f"ix_reroute_case_{column}"), "reroute_case", [column])
    _index("uq_reroute_case_of_service", ["plan_service_id"], SEARCHING, unique=True)
    _index("uq_reroute_case_of_voucher", ["voucher_id"], f"plan_service_id IS NULL AND {SEARCHING}", unique=True)
    op.create_index("uq_reroute_case_started", "reroute_case", ["voucher_id", "started"], unique=True)
    op.create_index("ix_reroute_case_created_at_id", "reroute_case", ["created_at", "id"])
    _index("ix_reroute_case_due", ["due"], f"{SEARCHING} AND NOT overdue")
    _index("ix_reroute_case_handover", ["handover_until"], "status <> 'CLOSED'")
    _index("ix_reroute_case_old_contract_id", ["old_contract_id"], SEARCHING)


def _word(name: str, words: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=30)


def _index(name: str, columns: list[str], where: str, *, unique: bool = False) -> None:
    op.create_index(name, "reroute_case", columns, unique=unique, postgresql_where=sa.text(where))


def downgrade() -> None:
    """Undo it."""
    op.drop_index("ix_plan_service_contract_id", "plan_service")
    for table in ("support_copy", "contract_loss", "provider_refusal", "reroute_case"):
        op.drop_table(table)
