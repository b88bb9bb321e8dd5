"""The steps of service chains, and who has to do with a client; the duplicate guard is an index (S1.09)."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ColumnElement,
    Date,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    Uuid,
    and_,
    exists,
    not_,
    or_,
    select,
    text,
)
from sqlalchemy.orm import Session, aliased

from services.careplan.domain.chains.chain_step import (
    OPEN,
    TRANSITIONS,
    UNANSWERED,
    ChainStep,
    ChainStepState,
    Urgency,
)
from services.careplan.domain.chains.hand_offs import HandedOn
from services.careplan.domain.neighbours.copies import CHOSEN_VOUCHER
from services.careplan.domain.plans.plan_states import OPEN as OPEN_PLAN
from services.careplan.storage.columns import MAPPER, METADATA
from services.careplan.storage.neighbours.clients import direct_choice_copy
from services.careplan.storage.neighbours.vouchers import voucher_copy
from services.careplan.storage.plans import plan_service_table, plan_table
from services.chassis.clock import helsinki_date
from services.chassis.columns import INSTANT, TEXTS, code
from services.kernel.care import NeedDomain

chain_step_table = Table(
    "chain_step",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("chain_id", Uuid, nullable=False),
    Column("seq", Integer, CheckConstraint("seq >= 1", name="seq"), nullable=False),
    Column("county_scheme", Text, nullable=False),
    Column("county_code", Text, nullable=False),
    Column("client_id", Uuid, nullable=False),
    Column("plan_id", Uuid, ForeignKey("plan.id"), index=True),
    Column("operator_organisation_id", Uuid),
    Column("from_organisation_id", Uuid, nullable=False, index=True),
    Column("to_organisation_id", Uuid, nullable=False, index=True),
    Column("service_code", Text, nullable=False),
    Column("need", code(NeedDomain, "need", length=30), nullable=False),
    Column("urgency", code(Urgency, "urgency", length=30), nullable=False),
    Column("question", Text, nullable=False),
    Column("attachments", TEXTS, nullable=False),
    Column("state", code(ChainStepState, "state", length=30), nullable=False),
    Column("sent_at", INSTANT),
    Column("response_due", Date),
    Column("overdue", Boolean, nullable=False),
    Column("planned_date", Date),
    Column("reason", Text, nullable=False),
    Column("suggestion", Text, nullable=False),
    Column("feedback", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("fact_version", Integer, nullable=False),
    Column("created_at", INSTANT, nullable=False),
    Column("created_by", Text, nullable=False),
    Column("updated_at", INSTANT, nullable=False),
    CheckConstraint("from_organisation_id <> to_organisation_id", name="two_organisations"),
    CheckConstraint("response_due IS NOT NULL OR state IN ('DRAFT', 'CANCELLED')", name="response_due"),
    Index("uq_chain_step_seq", "chain_id", "seq", unique=True),
    Index("ix_chain_step_client_id_created_at_id", "client_id", "created_at", "id"),
    Index(
        "ix_chain_step_response_due",
        "response_due",
        postgresql_where=text("state IN ('SENT', 'RECEIVED') AND NOT overdue"),
    ),
    Index(
        "uq_chain_step_open",
        "client_id",
        "service_code",
        "need",
        unique=True,
        postgresql_where=text("state IN ('SENT', 'RECEIVED', 'ACCEPTED', 'SCHEDULED', 'IN_PROGRESS')"),
    ),
    comment="a client is handed on from provider to provider; one open step for a service and a need",
)

MAPPER.map_imperatively(
    ChainStep, chain_step_table, version_id_col=chain_step_table.c.version, version_id_generator=False
)
_step = chain_step_table.c


def locked(session: Session, step_id: UUID) -> ChainStep | None:
    """The step, its row locked until the transaction ends."""
    query = select(ChainStep).where(_step.id == step_id).with_for_update().execution_options(populate_existing=True)
    return session.execute(query).scalar_one_or_none()


def chain(session: Session, chain_id: UUID) -> Sequence[ChainStep]:
    """The steps of a chain in their order, their rows locked so that one at a time is added."""
    query = select(ChainStep).where(_step.chain_id == chain_id).order_by(_step.seq)
    return session.execute(query.with_for_update()).scalars().all()


def cancellable_of(session: Session, client_id: UUID) -> Sequence[ChainStep]:
    """The client's steps that have not begun, drafts included, their rows locked."""
    states = [state for state, command in TRANSITIONS if command == "cancel"]
    query = select(ChainStep).where(_step.client_id == client_id, _step.state.in_(states)).order_by(_step.id)
    return session.execute(query.with_for_update().execution_options(populate_existing=True)).scalars().all()


def recent_of(session: Session, client_id: UUID, limit: int) -> Sequence[ChainStep]:
    """The client's steps that were sent, newest first."""
    query = select(ChainStep).where(_step.client_id == client_id, _step.sent_at.is_not(None))
    return session.execute(query.order_by(_step.sent_at.desc(), _step.id).limit(limit)).scalars().all()


def handed_on(session: Session, client_id: UUID) -> list[HandedOn]:
    """The client's steps that were accepted or returned (S1.09)."""
    returned = _step.state == ChainStepState.RETURNED
    query = select(_step.need, _step.service_code, _step.sent_at, returned.label("returned")).where(
        _step.client_id == client_id, _step.sent_at.is_not(None), or_(returned, _step.planned_date.is_not(None))
    )
    rows = session.execute(query.order_by(_step.sent_at, _step.id))
    return [HandedOn(row.need, row.service_code, helsinki_date(row.sent_at), row.returned) for row in rows]


def broken() -> ColumnElement[bool]:
    """Steps not answered in time, and returned ones after which the chain was not taken up again (S1.02)."""
    later = aliased(chain_step_table)
    taken_up = exists().where(later.c.chain_id == _step.chain_id, later.c.seq > _step.seq, later.c.sent_at.is_not(None))
    return or_(
        and_(_step.state.in_(UNANSWERED), _step.overdue),
        and_(_step.state == ChainStepState.RETURNED, not_(taken_up)),
    )


def broken_among(session: Session, step_ids: Sequence[UUID]) -> set[UUID]:
    """Which of these steps are broken."""
    return set(session.execute(select(_step.id).where(_step.id.in_(step_ids), broken())).scalars())


def due(session: Session, today: date, limit: int) -> Sequence[ChainStep]:
    """Unanswered steps whose day has passed, their rows locked; those that another process holds come next time."""
    query = select(ChainStep).where(_step.state.in_(UNANSWERED), ~_step.overdue, _step.response_due < today)
    return session.execute(query.limit(limit).with_for_update(skip_locked=True)).scalars().all()


def related(session: Session, client_id: UUID, organisation: UUID) -> bool:
    """Whether the organisation cares for the client, by one of the relationships of RELATIONSHIP-1 (S1.42).

    They are an open plan, a chosen voucher, a step sent to it, and the client's direct choice in force.
    """
    plan, service = plan_table.c, plan_service_table.c
    voucher, choice = voucher_copy.c, direct_choice_copy.c
    open_plan = and_(plan.client_id == client_id, plan.state.in_(OPEN_PLAN))
    by_plan = exists().where(open_plan, plan.operator_organisation_id == organisation)
    by_service = exists().where(open_plan, service.plan_id == plan.id, service.provider_id == organisation)
    by_voucher = exists().where(
        voucher.client_id == client_id, voucher.provider_id == organisation, voucher.state.in_(CHOSEN_VOUCHER)
    )
    by_step = exists().where(
        _step.client_id == client_id, _step.to_organisation_id == organisation, _step.state.in_(OPEN)
    )
    by_choice = exists().where(
        choice.client_id == client_id, choice.provider_id == organisation, choice.ended_date.is_(None)
    )
    related_by = or_(by_plan, by_service, by_voucher, by_step, by_choice)
    return bool(session.execute(select(related_by)).scalar_one())
