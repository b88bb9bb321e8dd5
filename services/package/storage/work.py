"""Work items about expansions: what did not go on waits here for a person."""

from datetime import datetime
from uuid import uuid5

from sqlalchemy import ColumnElement, String, and_, cast, func, literal, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.package.domain.enrolment import Enrolment, EnrolmentState
from services.package.storage import tables

LATE_EXPANSION = "EXPANSION_LATE"
WAITING = (EnrolmentState.ACCEPTED, EnrolmentState.EXPANDING)

_WORK, _ROWS = tables.work_item, tables.enrolment


def about() -> ColumnElement[bool]:
    """A work item that is open and about the enrolment of the row beside it, at the step it is at."""
    subject = func.concat(literal("enrolments/"), cast(_ROWS.c.uid, String))
    same_step = _WORK.c.reason == cast(_ROWS.c.step, String)
    return and_(_WORK.c.kind == LATE_EXPANSION, _WORK.c.done_at.is_(None), _WORK.c.subject == subject, same_step)


def shows_enrolment() -> ColumnElement[bool]:
    """Whether a work item shows the enrolment of the row outside."""
    return select(_WORK.c.id).where(about()).correlate(_ROWS).exists()


def open_expansion(session: Session, enrolment: Enrolment, *, now: datetime) -> None:
    """Show that the enrolment is late at its step; shown before, nothing changes."""
    values = {
        "id": uuid5(enrolment.uid, f"{LATE_EXPANSION} {enrolment.step}"),
        "kind": LATE_EXPANSION,
        "subject": f"enrolments/{enrolment.uid}",
        "reason": enrolment.step.value,
        "created_at": now,
    }
    session.execute(insert(_WORK).values(**values).on_conflict_do_nothing())


def finish_expansions(session: Session, *, now: datetime) -> None:
    """Close the items of enrolments that are not at the step any more at which they were late."""
    waits = select(_ROWS.c.uid).where(_ROWS.c.state.in_(WAITING), about()).correlate(_WORK)
    late = update(_WORK).where(_WORK.c.kind == LATE_EXPANSION, _WORK.c.done_at.is_(None), ~waits.exists())
    session.execute(late.values(done_at=now))
