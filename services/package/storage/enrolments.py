"""Enrolments as rows: loading them locked, and reading them."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, and_, exists, or_, select
from sqlalchemy.orm import Session

from services.chassis.etags import check_etag
from services.package.domain.enrolment import OPEN, Enrolment, EnrolmentState, Step
from services.package.domain.refusals import EnrolmentNotFound
from services.package.storage import tables, work


def load_enrolment(session: Session, enrolment_id: UUID, *, etag: str = "") -> Enrolment:
    """The enrolment, its row locked; refuses with EnrolmentNotFound, and with VersionConflict another etag."""
    enrolment = session.get(Enrolment, enrolment_id, with_for_update=True, populate_existing=True)
    if enrolment is None:
        raise EnrolmentNotFound(enrolment_id)
    check_etag(etag, enrolment.version)
    return enrolment


def load_expanding(session: Session, client_id: UUID) -> list[Enrolment]:
    """The client's enrolments that are being expanded, their rows locked in one order."""
    rows = tables.enrolment
    query = select(Enrolment).where(rows.c.client_id == client_id, rows.c.state == EnrolmentState.EXPANDING)
    return list(session.scalars(_locked(query.order_by(rows.c.id))))


def load_open_of_client(session: Session, client_id: UUID) -> list[Enrolment]:
    """The client's enrolments that have not ended, their rows locked in one order."""
    rows = tables.enrolment
    query = select(Enrolment).where(rows.c.client_id == client_id, rows.c.state.in_(OPEN))
    return list(session.scalars(_locked(query.order_by(rows.c.id))))


def load_of_plan(session: Session, plan_id: UUID) -> list[Enrolment]:
    """The enrolments whose items stand in this plan, their rows locked in one order."""
    rows = tables.enrolment
    return list(session.scalars(_locked(select(Enrolment).where(rows.c.plan_id == plan_id).order_by(rows.c.id))))


def load_of_plan_service(session: Session, plan_service_id: UUID) -> Enrolment | None:
    """The enrolment a planned service comes from, its row locked; None when from none."""
    items = tables.enrolment_item
    query = select(items.c.enrolment_id).where(items.c.plan_service_id == plan_service_id)
    enrolment_id: UUID | None = session.scalar(query)
    return None if enrolment_id is None else load_enrolment(session, enrolment_id)


def load_waiting(
    session: Session, limits: Mapping[Step, datetime], *, limit: int, shown: bool = True
) -> list[Enrolment]:
    """Enrolments that have been at one of these steps since its limit or before, rows locked; busy ones are passed by.

    Without those a work item shows already, unless `shown`.
    """
    rows = tables.enrolment
    late = or_(*(and_(rows.c.step == step, rows.c.step_since <= before) for step, before in limits.items()))
    query = select(Enrolment).where(rows.c.state.in_((EnrolmentState.ACCEPTED, EnrolmentState.EXPANDING)), late)
    if not shown:
        query = query.where(~work.shows_enrolment())
    ordered = query.order_by(rows.c.step_since, rows.c.id).limit(limit)
    locked = ordered.with_for_update(skip_locked=True, of=rows)
    return list(session.scalars(locked.execution_options(populate_existing=True)))


def get_enrolment(session: Session, enrolment_id: UUID) -> Enrolment:
    """The enrolment as it is, without a lock; refuses with EnrolmentNotFound."""
    enrolment = session.get(Enrolment, enrolment_id)
    if enrolment is None:
        raise EnrolmentNotFound(enrolment_id)
    return enrolment


def of_client(session: Session, client_id: UUID) -> list[Enrolment]:
    """A client's enrolments, oldest first."""
    rows = tables.enrolment
    query = select(Enrolment).where(rows.c.client_id == client_id).order_by(rows.c.created_at, rows.c.id)
    return list(session.scalars(query.execution_options(populate_existing=True)))


def is_enrolled(session: Session, client_id: UUID) -> bool:
    """Whether an enrolment of the client is being expanded or in force."""
    rows = tables.enrolment
    going = (EnrolmentState.EXPANDING, EnrolmentState.ACTIVE)
    return bool(session.scalar(select(exists().where(rows.c.client_id == client_id, rows.c.state.in_(going)))))


def _locked(query: Select[Enrolment]) -> Select[Enrolment]:
    return query.with_for_update().execution_options(populate_existing=True)
