"""The tables of this service and what they make impossible."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)

from services.chassis.columns import INSTANT, TEXTS, Codes, Json, code, history, identity
from services.chassis.database import metadata
from services.kernel.care import Arrangement, CareUnit, DeliveryMode
from services.package.domain.enrolment import EnrolmentState, Step
from services.package.domain.enrolment_item import ItemState
from services.package.domain.neighbours import AssessmentCopy, CatalogueCopy, ContractCopy, ProviderCopy
from services.package.domain.package import PackageContent, PackageState

METADATA = metadata()

package = Table(
    "package",
    METADATA,
    *identity(),
    Column("code", Text, nullable=False),
    Column("state", code(PackageState), nullable=False),
    Column("published_number", Integer, nullable=False),
    Column("published", Json[PackageContent](PackageContent), nullable=True),
    Column("draft_number", Integer, nullable=False),
    Column("draft", Json[PackageContent](PackageContent), nullable=True),
    *history(),
    Column("degraded", TEXTS, nullable=False, server_default="{}"),
    UniqueConstraint("code", name="uq_package_code"),
    CheckConstraint("(published is null) = (published_number = 0)", name="published"),
    CheckConstraint("(draft is null) = (draft_number = 0)", name="draft"),
    CheckConstraint("(state = 'DRAFT') = (published is null)", name="state_published"),
    Index("ix_package_created_at_id", "created_at", "id"),
    comment="service packages with their published and drafted versions",
)
package_version = Table(
    "package_version",
    METADATA,
    Column("package_id", Uuid, ForeignKey("package.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("content", Json[PackageContent](PackageContent), nullable=False),
    Column("published_at", INSTANT, nullable=False),
    comment="every version ever published; never changed",
)
enrolment = Table(
    "enrolment",
    METADATA,
    *identity(),
    Column("client_id", Uuid, nullable=False),
    Column("package_id", Uuid, nullable=False),
    Column("package_code", Text, nullable=False),
    Column("package_number", Integer, nullable=False),
    Column("assessment_id", Uuid, nullable=False),
    Column("exception_reason", Text, nullable=False),
    Column("envelope_cents", BigInteger, nullable=False),
    Column("proposing_organisation_id", Uuid, nullable=False),
    Column("state", code(EnrolmentState), nullable=False),
    Column("step", code(Step), nullable=False),
    Column("step_since", INSTANT, nullable=False),
    Column("plan_id", Uuid, nullable=True),
    Column("plan_version", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    *history(),
    Index(
        "uq_enrolment_open",
        "client_id",
        "package_id",
        unique=True,
        postgresql_where=text("state in ('PROPOSED', 'ACCEPTED', 'EXPANDING', 'ACTIVE')"),
    ),
    Index("ix_enrolment_client_id", "client_id"),
    Index("ix_enrolment_step_since", "step_since", postgresql_where=text("state in ('ACCEPTED', 'EXPANDING')")),
    Index("ix_enrolment_created_at_id", "created_at", "id"),
    CheckConstraint("envelope_cents >= 0", name="envelope_not_negative"),
    comment="clients' places in packages, with the state of process B",
)
enrolment_item = Table(
    "enrolment_item",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("enrolment_id", Uuid, ForeignKey("enrolment.id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("item_code", Text, nullable=False),
    Column("service_code", Text, nullable=False),
    Column("arrangement", code(Arrangement), nullable=False),
    Column("provider_id", Uuid, nullable=True),
    Column("units", Integer, nullable=False),
    Column("unit", code(CareUnit), nullable=False),
    Column("from_date", Date, nullable=False),
    Column("to_date", Date, nullable=False),
    Column("modes", Codes(DeliveryMode), nullable=False),
    Column("mandatory", Boolean, nullable=False),
    Column("unit_cost_cents", BigInteger, nullable=False),
    Column("state", code(ItemState), nullable=False),
    Column("plan_service_id", Uuid, nullable=True),
    Column("voucher_id", Uuid, nullable=True),
    Column("commitment_id", Uuid, nullable=True),
    Column("units_delivered", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    UniqueConstraint("enrolment_id", "item_code", name="uq_enrolment_item_code"),
    Index("ix_enrolment_item_plan_service_id", "plan_service_id"),
    CheckConstraint("units >= 0 and units_delivered >= 0 and unit_cost_cents >= 0", name="not_negative"),
    CheckConstraint("from_date <= to_date", name="period"),
    comment="the items of enrolments and how far they are",
)
provider_copy = Table(
    "provider_copy",
    METADATA,
    Column("provider_id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("body", Json[ProviderCopy](ProviderCopy), nullable=False),
)
contract_copy = Table(
    "contract_copy",
    METADATA,
    Column("contract_id", Uuid, primary_key=True),
    Column("provider_id", Uuid, nullable=False),
    Column("version", Integer, nullable=False),
    Column("body", Json[ContractCopy](ContractCopy), nullable=False),
    Index("ix_contract_copy_provider_id", "provider_id"),
)
catalogue_copy = Table(
    "catalogue_copy",
    METADATA,
    Column("service_code", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("body", Json[CatalogueCopy](CatalogueCopy), nullable=False),
)
client_copy = Table(
    "client_copy",
    METADATA,
    Column("client_id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("state", Text, nullable=False),
)
representative_copy = Table(
    "representative_copy",
    METADATA,
    Column("representative_id", Uuid, primary_key=True),
    Column("client_id", Uuid, nullable=False),
    Column("kind", Text, nullable=False),
    Column("matters", Text, nullable=False),
    Column("representative_client_id", Uuid, nullable=True),
    Column("from_date", Date, nullable=False),
    Column("to_date", Date, nullable=True),
    Column("in_force", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    Index("ix_representative_copy_client_id", "client_id"),
    comment="who represents clients",
)
guardian_denial_copy = Table(
    "guardian_denial_copy",
    METADATA,
    Column("consent_id", Uuid, primary_key=True),
    Column("client_id", Uuid, nullable=False),
    Column("in_force", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    Index("ix_guardian_denial_copy_client_id", "client_id"),
    comment="minors' words that keep their guardians out",
)
assessment_copy = Table(
    "assessment_copy",
    METADATA,
    Column("assessment_id", Uuid, primary_key=True),
    Column("client_id", Uuid, nullable=False),
    Column("completed_date", Date, nullable=False),
    Column("body", Json[AssessmentCopy](AssessmentCopy), nullable=False),
    Index("ix_assessment_copy_client_id", "client_id"),
)
superseded_assessment_copy = Table(
    "superseded_assessment_copy",
    METADATA,
    Column("assessment_id", Uuid, primary_key=True),
    comment="assessments that a newer one took the place of, or that were cancelled",
)
discarded_plan_copy = Table(
    "discarded_plan_copy",
    METADATA,
    Column("plan_id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    comment="plans that were cancelled or closed, or whose review was, and at which version",
)
delivery_copy = Table(
    "delivery_copy",
    METADATA,
    Column("delivery_id", Uuid, primary_key=True),
    Column("plan_service_id", Uuid, nullable=False),
    Column("units", Integer, nullable=False),
    Index("ix_delivery_copy_plan_service_id", "plan_service_id"),
    comment="deliveries to clients who are enrolled",
)
