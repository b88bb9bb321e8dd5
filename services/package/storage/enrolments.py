"""Loading enrolments."""

from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from services.package.domain.enrolment import Enrolment, EnrolmentState
from services.package.domain.refusals import EnrolmentNotFound
from services.package.storage import tables


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
