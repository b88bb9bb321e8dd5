"""Plans and their services: one open plan of a client, one operator (INV-01, INV-02)."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    Uuid,
    exists,
    select,
    text,
)
from sqlalchemy import Sequence as DatabaseSequence
from sqlalchemy.orm import Session, relationship

from services.careplan.domain.neighbours.copies import OVER_CONTRACT
from services.careplan.domain.plans.content import Goal
from services.careplan.domain.plans.plan import Plan
from services.careplan.domain.plans.plan_service import PlanService, PlanServiceState
from services.careplan.domain.plans.plan_states import OPEN, PlanState
from services.careplan.domain.terms import OperatorKind, ReviewCause
from services.careplan.storage.columns import MAPPER, METADATA, ContentJson, SectionsJson
from services.careplan.storage.neighbours.providers import contract_copy
from services.chassis.columns import INSTANT, UUIDS, Codes, Json, code
from services.kernel.care import Arrangement, CareUnit, DeliveryMode

plan_number = DatabaseSequence("plan_number", metadata=METADATA)

plan_table = Table(
    "plan",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("number", Text, nullable=False, unique=True),
    Column("county_scheme", Text, nullable=False),
    Column("county_code", Text, nullable=False),
    Column("client_id", Uuid, nullable=False, index=True),
    Column("operator_organisation_id", Uuid, nullable=False),
    Column("operator_unit_id", Uuid, nullable=False),
    Column("operator_kind", code(OperatorKind, "operator_kind", length=30), nullable=False),
    Column("assessment_id", Uuid, nullable=False),
    Column("state", code(PlanState, "state", length=30), nullable=False),
    Column("major", Integer, nullable=False),
    Column("minor", Integer, nullable=False),
    Column("goals", Json(tuple[Goal, ...]), nullable=False),
    Column("client_view", Text, nullable=False),
    Column("statutory_sections", SectionsJson, nullable=False, server_default="[]"),
    Column("activated_at", INSTANT),
    Column("draft", ContentJson),
    Column("consulting", Boolean, nullable=False),
    Column("review_cause", code(ReviewCause, "review_cause", length=30)),
    Column("review_due", Date),
    Column("ended_on", Date, comment="the day a closed plan ended; may be long before it was told"),
    Column("predecessor_id", Uuid, ForeignKey("plan.id"), comment="the plan it was drawn up from"),
    Column("last_reason", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("fact_version", Integer, nullable=False),
    Column(
        "operator_epoch",
        Integer,
        CheckConstraint("operator_epoch >= 1", name="operator_epoch"),
        nullable=False,
        server_default="1",
        comment="which operator in turn; a write read in another turn is refused (INV-02)",
    ),
    Column("created_at", INSTANT, nullable=False),
    Column("created_by", Text, nullable=False),
    Column("updated_at", INSTANT, nullable=False),
    Index(
        "uq_plan_open_of_client",
        "client_id",
        unique=True,
        postgresql_where=text("state IN ('DRAFT', 'CONSULTATION', 'ACTIVE', 'UNDER_REVIEW')"),
    ),
    Index(
        "ix_plan_operator_organisation_id_centre",
        "operator_organisation_id",
        postgresql_where=text("operator_kind = 'DIRECT_CHOICE_HSSC'"),
    ),
    CheckConstraint("ended_on IS NOT NULL OR state <> 'CLOSED'", name="ended_on"),
    CheckConstraint("(major > 0) = (state IN ('ACTIVE', 'UNDER_REVIEW', 'CLOSED'))", name="version_in_force"),
    CheckConstraint(
        "draft IS NOT NULL OR state NOT IN ('DRAFT', 'CONSULTATION', 'UNDER_REVIEW')", name="draft_drawn_up"
    ),
    comment="a client's care plan; at most one open (INV-01), always one operator (INV-02)",
)

plan_service_table = Table(
    "plan_service",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("plan_id", Uuid, ForeignKey("plan.id"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("service_code", Text, nullable=False),
    Column("arrangement", code(Arrangement, "arrangement", length=30), nullable=False),
    Column("units", Integer, CheckConstraint("units >= 0", name="units"), nullable=False),
    Column("unit", code(CareUnit, "unit", length=30), nullable=False),
    Column("from_date", Date, nullable=False),
    Column("to_date", Date, nullable=False),
    Column("provider_id", Uuid, index=True),
    Column("unit_id", Uuid),
    Column("contract_id", Uuid),
    Column("frequency", Text, nullable=False),
    Column("modes", Codes(DeliveryMode), nullable=False),
    Column("mode_text", Text, nullable=False),
    Column("goal_ids", UUIDS, nullable=False),
    Column("enrolment_id", Uuid),
    Column("item_code", Text, nullable=False),
    Column("sensitive", Boolean, nullable=False),
    Column("state", code(PlanServiceState, "state", length=30), nullable=False),
    Column("voucher_id", Uuid, unique=True),
    Column("units_delivered", Integer, CheckConstraint("units_delivered >= 0", name="units_delivered"), nullable=False),
    Column("deliveries", Integer, nullable=False),
    Column("last_delivery_date", Date),
    Column("resting_from", Date, comment="the client is away since; its pauses tell every absence"),
    Index(
        "ix_plan_service_contract_id",
        "contract_id",
        postgresql_where=text("state IN ('ASSIGNED', 'ACKNOWLEDGED', 'IN_DELIVERY', 'SUSPENDED')"),
    ),
    CheckConstraint("from_date <= to_date", name="period"),
    CheckConstraint(
        "provider_id IS NOT NULL OR state NOT IN ('ASSIGNED', 'ACKNOWLEDGED', 'IN_DELIVERY')", name="provider"
    ),
    comment="a service of a plan in force, as a process; one voucher funds one service (INV-03)",
)

MAPPER.map_imperatively(PlanService, plan_service_table)
MAPPER.map_imperatively(
    Plan,
    plan_table,
    # The domain counts the version itself, so that a change of a service alone also changes the plan's etag.
    version_id_col=plan_table.c.version,
    version_id_generator=False,
    properties={
        "services": relationship(
            PlanService, order_by=plan_service_table.c.position, lazy="selectin", cascade="all, delete-orphan"
        )
    },
)
_plan = plan_table.c


def locked(session: Session, plan_id: UUID) -> Plan | None:
    """The plan, its row locked until the transaction ends."""
    query = select(Plan).where(_plan.id == plan_id).with_for_update().execution_options(populate_existing=True)
    return session.execute(query).scalar_one_or_none()


def open_of(session: Session, client_id: UUID, states: Sequence[PlanState] = OPEN) -> Plan | None:
    """The client's open plan if it is in one of these states, its row locked; there is one at most (INV-01)."""
    query = select(Plan).where(_plan.client_id == client_id, _plan.state.in_(states))
    return session.execute(query.with_for_update().execution_options(populate_existing=True)).scalar_one_or_none()


def read(session: Session, plan_id: UUID) -> Plan | None:
    """The plan, to be shown."""
    return session.get(Plan, plan_id)


def shown_of(session: Session, client_id: UUID) -> Plan | None:
    """What the record shows: the open plan, else the one in force last, else the newest."""
    query = select(Plan).where(_plan.client_id == client_id)
    found = session.execute(query.order_by(_plan.created_at.desc(), _plan.id)).scalars().all()
    return min(found, key=lambda plan: (plan.state not in OPEN, plan.major == 0), default=None)


def next_number(session: Session, county_code: str) -> str:
    """A number people use: AS-<county>-<seq>."""
    return f"AS-{county_code}-{session.execute(select(plan_number.next_value())).scalar_one():06d}"


def of_ended_centres(session: Session, limit: int) -> Sequence[UUID]:
    """Open plans operated by a centre whose direct-choice contracts are over; a suspended one is not (PROCESS-C10)."""
    contract = contract_copy.c
    its = (contract.provider_id == _plan.operator_organisation_id, contract.kind == "DIRECT_CHOICE")
    query = select(_plan.id).where(
        _plan.operator_kind == OperatorKind.DIRECT_CHOICE_HSSC,
        _plan.state.in_(OPEN),
        exists().where(*its, contract.state.in_(OVER_CONTRACT)),
        ~exists().where(*its, contract.state.in_(("ACTIVE", "SUSPENDED"))),
    )
    return session.execute(query.order_by(_plan.id).limit(limit)).scalars().all()
