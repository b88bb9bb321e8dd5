"""Work items about expansions: what did not go on waits here for a person."""

from datetime import datetime
from uuid import uuid5

from sqlalchemy import ColumnElement, String, and_, cast, func, literal, select
from sqlalchemy.orm import Session

from services.chassis.database import work_item
from services.chassis.work import finish_all, open_work
from services.package.domain.enrolment import Enrolment, EnrolmentState
from services.package.storage import tables

LATE_EXPANSION = "EXPANSION_LATE"
WAITING = (EnrolmentState.ACCEPTED, EnrolmentState.EXPANDING)

_ROWS = tables.enrolment


def about() -> ColumnElement[bool]:
    """A work item that is open and about the enrolment of the row beside it, at the step it is at."""
    subject = func.concat(literal("enrolments/"), cast(_ROWS.c.id, String))
    same_step = work_item.c.reason == cast(_ROWS.c.step, String)
    is_open = and_(work_item.c.kind == LATE_EXPANSION, work_item.c.done_at.is_(None))
    return and_(is_open, work_item.c.subject == subject, same_step)


def shows_enrolment() -> ColumnElement[bool]:
    """Whether a work item shows the enrolment of the row outside."""
    return select(work_item.c.id).where(about()).correlate(_ROWS).exists()


def open_expansion(session: Session, enrolment: Enrolment, *, now: datetime) -> None:
    """Show that the enrolment is late at its step; shown before, nothing changes."""
    open_work(
        session,
        work_id=uuid5(enrolment.id, f"{LATE_EXPANSION} {enrolment.step}"),
        kind=LATE_EXPANSION,
        subject=f"enrolments/{enrolment.id}",
        reason=enrolment.step.value,
        now=now,
    )


def finish_expansions(session: Session, *, now: datetime) -> None:
    """Finish the items of enrolments that are not at the step any more at which they were late."""
    waits = select(_ROWS.c.id).where(_ROWS.c.state.in_(WAITING), about()).correlate(work_item)
    finish_all(session, work_item.c.kind == LATE_EXPANSION, ~waits.exists(), now=now)
