"""Loading enrolments."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, and_, exists, or_, select
from sqlalchemy.orm import Session

from services.package.domain.enrolment import OPEN, Enrolment, EnrolmentState, Step
from services.package.domain.refusals import EnrolmentNotFound
from services.package.storage import tables, work


def for_update(session: Session, uid: UUID) -> Enrolment:
    """The enrolment, its row locked; refuses with EnrolmentNotFound."""
    found = session.get(Enrolment, uid, with_for_update=True, populate_existing=True)
    if found is None:
        raise EnrolmentNotFound(uid)
    return found


def get(session: Session, uid: UUID) -> Enrolment:
    """The enrolment as it is; refuses with EnrolmentNotFound."""
    found = session.get(Enrolment, uid)
    if found is None:
        raise EnrolmentNotFound(uid)
    return found


def of_client(session: Session, client_id: UUID) -> list[Enrolment]:
    """A client's enrolments, oldest first."""
    rows = tables.enrolment
    query = select(Enrolment).where(rows.c.client_id == client_id).order_by(rows.c.created_at, rows.c.uid)
    return list(session.scalars(query.execution_options(populate_existing=True)))


def expanding(session: Session, client_id: UUID) -> list[Enrolment]:
    """The client's enrolments that are being expanded, their rows locked in one order."""
    rows = tables.enrolment
    query = select(Enrolment).where(rows.c.client_id == client_id, rows.c.state == EnrolmentState.EXPANDING)
    return list(session.scalars(_locked(query.order_by(rows.c.uid))))


def open_of_client(session: Session, client_id: UUID) -> list[Enrolment]:
    """The client's enrolments that have not ended, their rows locked in one order."""
    rows = tables.enrolment
    query = select(Enrolment).where(rows.c.client_id == client_id, rows.c.state.in_(OPEN))
    return list(session.scalars(_locked(query.order_by(rows.c.uid))))


def is_enrolled(session: Session, client_id: UUID) -> bool:
    """Whether an enrolment of the client is being expanded or in force."""
    rows = tables.enrolment
    going = (EnrolmentState.EXPANDING, EnrolmentState.ACTIVE)
    return bool(session.scalar(select(exists().where(rows.c.client_id == client_id, rows.c.state.in_(going)))))


def waiting(session: Session, limits: Mapping[Step, datetime], *, limit: int, shown: bool = True) -> list[Enrolment]:
    """Enrolments that have been at one of these steps since its limit or before, rows locked; busy ones wait.

    Without those a work item shows already, unless `shown`.
    """
    rows = tables.enrolment
    late = or_(*(and_(rows.c.step == step, rows.c.step_since <= before) for step, before in limits.items()))
    query = select(Enrolment).where(rows.c.state.in_((EnrolmentState.ACCEPTED, EnrolmentState.EXPANDING)), late)
    if not shown:
        query = query.where(~work.shows_enrolment())
    ordered = query.order_by(rows.c.step_since, rows.c.uid).limit(limit)
    locked = ordered.with_for_update(skip_locked=True, of=rows)
    return list(session.scalars(locked.execution_options(populate_existing=True)))


def of_plan(session: Session, plan_id: UUID) -> list[Enrolment]:
    """The enrolments whose items stand in this plan, their rows locked in one order."""
    rows = tables.enrolment
    return list(session.scalars(_locked(select(Enrolment).where(rows.c.plan_id == plan_id).order_by(rows.c.uid))))


def of_plan_service(session: Session, plan_service_id: UUID) -> Enrolment | None:
    """The enrolment a planned service comes from, its row locked; None when from none."""
    items = tables.enrolment_item
    query = select(items.c.enrolment_id).where(items.c.plan_service_id == plan_service_id)
    found: UUID | None = session.scalar(query)
    return None if found is None else for_update(session, found)


def _locked(query: Select[Enrolment]) -> Select[Enrolment]:
    return query.with_for_update().execution_options(populate_existing=True)
