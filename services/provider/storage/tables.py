"""The tables of this service and what they make impossible."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    Sequence,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)

from services.chassis.database import metadata
from services.provider.domain.catalogue import CatalogueEntry
from services.provider.domain.condition import Clause, Condition, ConditionSetState, EvidenceStatus
from services.provider.domain.contract import ContractState
from services.provider.domain.course import LineChange, Party, Suspension, TerminationCause
from services.provider.domain.provider import Application, ProviderRole, ProviderState, UnitTerms
from services.provider.domain.sanction import Measure, SanctionState
from services.provider.domain.terms import ContractKind, ContractTerms
from services.provider.storage.columns import INSTANT, Codes, Json, code_of, history, identity

METADATA = metadata()

contract_number = Sequence("contract_number", metadata=METADATA)

provider = Table(
    "provider",
    METADATA,
    *identity(),
    Column("business_id", Text, nullable=False),
    Column("roles", Codes(ProviderRole), nullable=False),
    Column("application", Json[Application](Application), nullable=False),
    Column("state", code_of(ProviderState), nullable=False),
    Column("state_reason", Text, nullable=False),
    *history(),
    UniqueConstraint("business_id", name="uq_provider_business_id"),
    Index(
        "uq_provider_enterprise",
        "county_scheme",
        "county_code",
        unique=True,
        postgresql_where=text("'COUNTY_ENTERPRISE' = any (roles) and state <> 'REMOVED'"),
    ),
    Index("ix_provider_created_at_uid", "created_at", "uid"),
    comment="organisations that deliver or have applied to",
)
service_unit = Table(
    "service_unit",
    METADATA,
    *identity(),
    Column("provider_id", Uuid, ForeignKey("provider.uid"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("code", Text, nullable=False),
    Column("terms", Json[UnitTerms](UnitTerms), nullable=False),
    Column("created_at", INSTANT, nullable=False),
    Column("created_by", Text, nullable=False),
    UniqueConstraint("county_scheme", "county_code", "code", name="uq_service_unit_code"),
    UniqueConstraint("provider_id", "position", name="uq_service_unit_position"),
    comment="units of providers",
)
catalogue_service = Table(
    "catalogue_service",
    METADATA,
    *identity(),
    Column("service_code", Text, nullable=False),
    Column("entry", Json[CatalogueEntry](CatalogueEntry), nullable=False),
    *history(),
    UniqueConstraint("service_code", name="uq_catalogue_service_code"),
    Index("ix_catalogue_service_created_at_uid", "created_at", "uid"),
    CheckConstraint("(entry ->> 'reference_price_cents')::bigint >= 0", name="price_not_negative"),
    comment="the county's services",
)
condition_set = Table(
    "condition_set",
    METADATA,
    *identity(),
    Column("scope", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("conditions", Json[tuple[Condition, ...]](tuple[Condition, ...]), nullable=False),
    Column("clauses", Json[tuple[Clause, ...]](tuple[Clause, ...]), nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("state", code_of(ConditionSetState), nullable=False),
    *history(),
    UniqueConstraint("scope", "number", name="uq_condition_set_number"),
    Index("uq_condition_set_draft", "scope", unique=True, postgresql_where=text("state = 'DRAFT'")),
    Index("uq_condition_set_published", "scope", unique=True, postgresql_where=text("state = 'PUBLISHED'")),
    Index("ix_condition_set_created_at_uid", "created_at", "uid"),
    comment="versions of the county's conditions",
)
evidence = Table(
    "evidence",
    METADATA,
    *identity(),
    Column("provider_id", Uuid, ForeignKey("provider.uid"), nullable=False),
    Column("condition_code", Text, nullable=False),
    Column("status", code_of(EvidenceStatus), nullable=False),
    Column("valid_to", Date, nullable=True),
    Column("document_ref", Text, nullable=False),
    *history(),
    Column("expiring_told", Date, nullable=True),
    Column("expired_told", Date, nullable=True),
    UniqueConstraint("provider_id", "condition_code", name="uq_evidence_condition"),
    CheckConstraint("status <> 'EXPIRED'", name="expired_is_derived"),
    Index("ix_evidence_created_at_uid", "created_at", "uid"),
    comment="what the county found of a provider and a condition",
)
contract = Table(
    "contract",
    METADATA,
    *identity(),
    Column("number", Text, nullable=False),
    Column("provider_id", Uuid, ForeignKey("provider.uid"), nullable=False),
    Column("kind", code_of(ContractKind), nullable=False),
    Column("condition_set_id", Uuid, ForeignKey("condition_set.uid"), nullable=False),
    Column("condition_set_number", Integer, nullable=False),
    Column("terms", Json[ContractTerms](ContractTerms), nullable=False),
    Column("clauses", Json[tuple[Clause, ...]](tuple[Clause, ...]), nullable=False),
    Column("state", code_of(ContractState), nullable=False),
    Column("termination_effective", Date, nullable=True),
    *history(),
    Column("suspension", Json[Suspension](Suspension, none_as_null=True), nullable=True),
    Column("changes", Json[tuple[LineChange, ...]](tuple[LineChange, ...]), nullable=False, server_default="[]"),
    Column("next_change_on", Date, nullable=True),
    Column("notice_by", code_of(Party), nullable=True),
    Column("termination_cause", code_of(TerminationCause), nullable=True),
    Column("end_told", Date, nullable=True),
    CheckConstraint("state <> 'SUSPENDED' or suspension is not null", name="suspended_how"),
    CheckConstraint("state <> 'TERMINATED' or termination_cause is not null", name="terminated_why"),
    UniqueConstraint("number", name="uq_contract_number"),
    Index("ix_contract_provider_id", "provider_id"),
    Index("ix_contract_in_force", "uid", postgresql_where=text("state in ('ACTIVE', 'SUSPENDED')")),
    Index("ix_contract_created_at_uid", "created_at", "uid"),
    comment="contracts and internal assignments",
)
sanction = Table(
    "sanction",
    METADATA,
    *identity(),
    Column("contract_id", Uuid, ForeignKey("contract.uid"), nullable=False),
    Column("provider_id", Uuid, ForeignKey("provider.uid"), nullable=False),
    Column("measure", Json[Measure](Measure), nullable=False),
    Column("state", code_of(SanctionState), nullable=False),
    Column("hearing_due", Date, nullable=True),
    Column("statement", Text, nullable=True),
    Column("imposed_on", Date, nullable=True),
    Column("until", Date, nullable=True),
    Column("escalated_from", Uuid, ForeignKey("sanction.uid"), nullable=True),
    *history(),
    CheckConstraint("state <> 'IMPOSED' or imposed_on is not null", name="imposed_when"),
    Index("ix_sanction_contract_id", "contract_id"),
    Index("ix_sanction_created_at_uid", "created_at", "uid"),
    Index("ix_sanction_until", "until", postgresql_where=text("state = 'IMPOSED'")),
    comment="sanctions against providers",
)
