"""Loading the steps of service chains, and asking who has to do with a client."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, not_, or_, select
from sqlalchemy.orm import Session, aliased

from services.careplan.domain.chain import OPEN, TRANSITIONS, UNANSWERED, ChainStep, ChainStepStatus
from services.careplan.domain.hand_offs import HandedOn
from services.careplan.domain.neighbours import CHOSEN_VOUCHER
from services.careplan.domain.plan_states import OPEN as OPEN_PLAN
from services.careplan.storage import chain_tables, copies, tables
from services.chassis.clock import helsinki_date

_step = chain_tables.chain_step.c


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
    query = select(ChainStep).where(_step.client_id == client_id, _step.status.in_(states)).order_by(_step.id)
    return session.execute(query.with_for_update().execution_options(populate_existing=True)).scalars().all()


def recent_of(session: Session, client_id: UUID, limit: int) -> Sequence[ChainStep]:
    """The client's steps that were sent, newest first."""
    query = select(ChainStep).where(_step.client_id == client_id, _step.sent_at.is_not(None))
    return session.execute(query.order_by(_step.sent_at.desc(), _step.id).limit(limit)).scalars().all()


def handed_on(session: Session, client_id: UUID) -> list[HandedOn]:
    """The client's steps that were accepted or returned (S1.09)."""
    returned = _step.status == ChainStepStatus.RETURNED
    query = select(_step.need, _step.service_code, _step.sent_at, returned.label("returned")).where(
        _step.client_id == client_id, _step.sent_at.is_not(None), or_(returned, _step.planned_date.is_not(None))
    )
    rows = session.execute(query.order_by(_step.sent_at, _step.id))
    return [HandedOn(row.need, row.service_code, helsinki_date(row.sent_at), row.returned) for row in rows]


def broken() -> ColumnElement[bool]:
    """Steps not answered in time, and returned ones after which nobody took the chain up again (S1.02)."""
    later = aliased(chain_tables.chain_step)
    taken_up = exists().where(later.c.chain_id == _step.chain_id, later.c.seq > _step.seq, later.c.sent_at.is_not(None))
    return or_(
        and_(_step.status.in_(UNANSWERED), _step.overdue),
        and_(_step.status == ChainStepStatus.RETURNED, not_(taken_up)),
    )


def broken_among(session: Session, step_ids: Sequence[UUID]) -> set[UUID]:
    """Which of these steps are broken."""
    return set(session.execute(select(_step.id).where(_step.id.in_(step_ids), broken())).scalars())


def due(session: Session, today: date, limit: int) -> Sequence[ChainStep]:
    """Unanswered steps whose day has passed, their rows locked; those somebody works on now come next time."""
    query = select(ChainStep).where(_step.status.in_(UNANSWERED), ~_step.overdue, _step.response_due < today)
    return session.execute(query.limit(limit).with_for_update(skip_locked=True)).scalars().all()


def related(session: Session, client_id: UUID, organisation: UUID) -> bool:
    """Whether the organisation cares for the client, by one of the relationships of 5.3 (S1.42).

    They are an open plan, a chosen voucher, a step sent to it, and the client's direct choice in force.
    """
    plan, service = tables.plan.c, tables.plan_service.c
    voucher, choice = copies.voucher_copy.c, copies.direct_choice_copy.c
    open_plan = and_(plan.client_id == client_id, plan.status.in_(OPEN_PLAN))
    by_plan = exists().where(open_plan, plan.operator_organisation_id == organisation)
    by_service = exists().where(open_plan, service.plan_id == plan.id, service.provider_id == organisation)
    by_voucher = exists().where(
        voucher.client_id == client_id, voucher.provider_id == organisation, voucher.status.in_(CHOSEN_VOUCHER)
    )
    by_step = exists().where(
        _step.client_id == client_id, _step.to_organisation_id == organisation, _step.status.in_(OPEN)
    )
    by_choice = exists().where(
        choice.client_id == client_id, choice.provider_id == organisation, choice.ended_date.is_(None)
    )
    related_by = or_(by_plan, by_service, by_voucher, by_step, by_choice)
    return bool(session.execute(select(related_by)).scalar_one())
