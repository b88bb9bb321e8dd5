"""Tables of the neighbours' facts, the newest version of each."""

from sqlalchemy import Boolean, Column, Date, Index, Integer, Table, Text, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from services.careplan.storage.tables import INSTANT, METADATA

client_copy = Table(
    "client_copy",
    METADATA,
    Column("client_id", Uuid, primary_key=True),
    Column("status", Text, nullable=False),
    Column("attention", ARRAY(Text), nullable=False),
    Column("own_worker_named", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    Column("attention_since", Date, comment="the day it was first heard that the client is flagged; NULL: is not"),
    comment="clients, of the client service",
)
representative_copy = Table(
    "representative_copy",
    METADATA,
    Column("representative_id", Uuid, primary_key=True),
    Column("client_id", Uuid, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("matters", Text, nullable=False),
    Column("representative_client_id", Uuid),
    Column("from_date", Date, nullable=False),
    Column("to_date", Date),
    Column("in_force", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    comment="who stands for clients, of the client service",
)
guardian_denial_copy = Table(
    "guardian_denial_copy",
    METADATA,
    Column("consent_id", Uuid, primary_key=True),
    Column("client_id", Uuid, nullable=False, index=True),
    Column("in_force", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    comment="minors' words that keep their guardians out, of the client service",
)
assessment_copy = Table(
    "assessment_copy",
    METADATA,
    Column("assessment_id", Uuid, primary_key=True),
    Column("client_id", Uuid, nullable=False, index=True),
    Column("completed_date", Date, comment="NULL: superseded, and its completion has not arrived"),
    Column("plan_needed", Boolean, nullable=False),
    Column("superseded", Boolean, nullable=False),
    comment="completed needs assessments, of the client service",
)
catalogue_copy = Table(
    "catalogue_copy",
    METADATA,
    Column("service_code", Text, primary_key=True),
    Column("name_fi", Text, nullable=False),
    Column("name_en", Text, nullable=False),
    Column("sector", Text, nullable=False),
    Column("level", Text, nullable=False),
    Column("task", Text, nullable=False),
    Column("sensitive", Boolean, nullable=False),
    Column("arrangements", ARRAY(Text), nullable=False),
    Column("unit", Text, nullable=False),
    Column("version", Integer, nullable=False),
    comment="the county's service catalogue, of the provider service",
)
provider_copy = Table(
    "provider_copy",
    METADATA,
    Column("provider_id", Uuid, primary_key=True),
    Column("name", Text, nullable=False),
    Column("ownership", Text, nullable=False),
    Column("roles", ARRAY(Text), nullable=False),
    Column("status", Text, nullable=False),
    Column("units", JSONB, nullable=False),
    Column("version", Integer, nullable=False),
    comment="providers and their units, of the provider service",
)
contract_copy = Table(
    "contract_copy",
    METADATA,
    Column("contract_id", Uuid, primary_key=True),
    Column("provider_id", Uuid, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("valid_to", Date, nullable=False),
    Column("lines", JSONB, nullable=False),
    Column("clauses", JSONB, nullable=False),
    Column("version", Integer, nullable=False),
    comment="contracts, of the provider service",
)
direct_choice_copy = Table(
    "direct_choice_copy",
    METADATA,
    Column("choice_id", Uuid, primary_key=True),
    Column("client_id", Uuid, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("provider_id", Uuid, nullable=False),
    Column("unit_id", Uuid, nullable=False),
    Column("from_date", Date, nullable=False),
    Column("ended_date", Date),
    Column("version", Integer, nullable=False),
    comment="direct choices of centres and dental units, of the client service",
)
centre_decision_copy = Table(
    "centre_decision_copy",
    METADATA,
    Column("decision_id", Uuid, primary_key=True),
    Column("service_code", Text, nullable=False),
    Column("unit_ids", ARRAY(Uuid), nullable=False),
    Column("from_date", Date, nullable=False),
    Column("to_date", Date),
    Column("version", Integer, nullable=False),
    comment="services the county gives at centres, of the provider service",
)
voucher_copy = Table(
    "voucher_copy",
    METADATA,
    Column("voucher_id", Uuid, primary_key=True),
    Column("client_id", Uuid, nullable=False, index=True),
    Column("plan_id", Uuid),
    Column("plan_service_id", Uuid, index=True),
    Column("service_code", Text, nullable=False),
    Column("units_granted", Integer, nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("valid_to", Date, nullable=False),
    Column("provider_id", Uuid),
    Column("unit_id", Uuid),
    Column("contract_id", Uuid),
    Column("status", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("cut_off", Date, comment="its last day of service, before valid_to"),
    comment="vouchers, of the voucher service",
)
enrolment_copy = Table(
    "enrolment_copy",
    METADATA,
    Column("enrolment_id", Uuid, primary_key=True),
    Column("client_id", Uuid, nullable=False, index=True),
    Column("status", Text, nullable=False),
    Column("items", JSONB, nullable=False),
    Column("version", Integer, nullable=False),
    comment="enrolments, of the package service",
)
enrolment_wait = Table(
    "enrolment_wait",
    METADATA,
    Column("enrolment_id", Uuid, primary_key=True),
    Column("client_id", Uuid, nullable=False),
    Column("asked_at", INSTANT, nullable=False),
    Column("answered", Text, comment="PLANNED, or the reason of a refusal; NULL: waits for an open plan"),
    Column(
        "linked",
        ARRAY(Uuid),
        nullable=False,
        server_default="{}",
        comment="planned services that stood in the plan before, and stay when the enrolment ends",
    ),
    Index("ix_enrolment_wait_open", "asked_at", postgresql_where=text("answered IS NULL")),
    comment="enrolments whose items a plan is asked to take (B3); each is answered once",
)
