"""The tables of the search for another provider: one search at a time for a service or a voucher (process C)."""

from sqlalchemy import Boolean, CheckConstraint, Column, Date, ForeignKey, Index, Integer, Table, Text, Uuid, text

from services.careplan.domain.reroute import RerouteCause, RerouteStatus
from services.careplan.storage.tables import INSTANT, METADATA
from services.careplan.storage.types import word

_SEARCHING = "status IN ('OPEN', 'GUIDED', 'CHOSEN')"

reroute_case = Table(
    "reroute_case",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("client_id", Uuid, nullable=False, index=True),
    Column("plan_id", Uuid, ForeignKey("plan.id"), index=True),
    Column("plan_service_id", Uuid, ForeignKey("plan_service.id"), index=True),
    Column("voucher_id", Uuid),
    Column("service_code", Text, nullable=False),
    Column("cause", word(RerouteCause, "cause"), nullable=False),
    Column("old_provider_id", Uuid),
    Column("old_unit_id", Uuid),
    Column("old_contract_id", Uuid),
    Column("cut_off", Date, comment="the first day the old provider no longer serves"),
    Column("started", Integer, comment="the version of the voucher that told it"),
    Column("opened_on", Date, nullable=False),
    Column("due", Date, nullable=False),
    Column("status", word(RerouteStatus, "status"), nullable=False),
    Column("refusals", Integer, CheckConstraint("refusals >= 0", name="refusals"), nullable=False),
    Column("overdue", Boolean, nullable=False),
    Column("new_provider_id", Uuid),
    Column("barred_provider_id", Uuid, comment="refused the plan, while the voucher still names it"),
    Column("handover_until", Date),
    Column("version", Integer, nullable=False),
    Column("fact_version", Integer, nullable=False),
    Column("created_at", INSTANT, nullable=False),
    Column("updated_at", INSTANT, nullable=False),
    CheckConstraint("plan_service_id IS NOT NULL OR voucher_id IS NOT NULL", name="about"),
    CheckConstraint("(plan_id IS NULL) = (plan_service_id IS NULL)", name="plan"),
    CheckConstraint("new_provider_id IS NOT NULL OR status NOT IN ('CHOSEN', 'CONFIRMED')", name="chosen"),
    CheckConstraint(
        "handover_until IS NOT NULL OR status NOT IN ('CONFIRMED', 'COUNTY_TAKES_OVER', 'STAYS')", name="handover"
    ),
    Index("uq_reroute_case_of_service", "plan_service_id", unique=True, postgresql_where=text(_SEARCHING)),
    Index(
        "uq_reroute_case_of_voucher",
        "voucher_id",
        unique=True,
        postgresql_where=text(f"plan_service_id IS NULL AND {_SEARCHING}"),
    ),
    Index("uq_reroute_case_started", "voucher_id", "started", unique=True),
    Index("ix_reroute_case_created_at_id", "created_at", "id"),
    Index("ix_reroute_case_due", "due", postgresql_where=text(f"{_SEARCHING} AND NOT overdue")),
    Index("ix_reroute_case_handover", "handover_until", postgresql_where=text("status <> 'CLOSED'")),
    Index("ix_reroute_case_old_contract_id", "old_contract_id", postgresql_where=text(_SEARCHING)),
    comment="another provider is sought (C3 to C9); one search at a time for a service, or for a lone voucher",
)
provider_refusal = Table(
    "provider_refusal",
    METADATA,
    Column("source_id", Uuid, primary_key=True, comment="the acknowledgement, or the voucher"),
    Column("source_version", Integer, primary_key=True, comment="of the voucher; 0 of an acknowledgement"),
    Column("subject_id", Uuid, primary_key=True, comment="the planned service, or the voucher of a client without one"),
    Index("ix_provider_refusal_subject_id", "subject_id"),
    comment="providers who would not take a service on (saga E); each refusal counts once, whenever it is heard",
)
contract_loss = Table(
    "contract_loss",
    METADATA,
    Column("contract_id", Uuid, primary_key=True),
    Column("service_code", Text, primary_key=True, comment="empty: every service"),
    Column("cut_off", Date, nullable=False, comment="the first day it is no longer served"),
    comment="what contracts no longer carry: planned services that rest on it are re-routed (C1, INV-20)",
)
support_copy = Table(
    "support_copy",
    METADATA,
    Column("guidance_id", Uuid, primary_key=True),
    Column("client_id", Uuid, nullable=False, index=True),
    Column("voucher_id", Uuid),
    Column("given_on", Date, nullable=False),
    comment="support given to clients in a choice, of the client service",
)
