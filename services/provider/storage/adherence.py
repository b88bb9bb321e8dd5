"""The ledger of breaches, and what sanctions have counted of it."""

from datetime import date
from uuid import UUID

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from services.provider.domain.adherence import Subject
from services.provider.domain.sanction import Ground, Sanction, SanctionKind
from services.provider.storage import tables


def is_recorded(session: Session, contract_id: UUID, ground: Ground, subject: Subject) -> bool:
    """Whether this breach stands in the ledger already."""
    rows = tables.breach
    same = exists().where(
        rows.c.contract_id == contract_id,
        rows.c.ground == ground,
        rows.c.subject_id == subject.id,
        rows.c.major == subject.major,
        rows.c.minor == subject.minor,
    )
    return bool(session.scalar(select(same)))


def next_number(session: Session, contract_id: UUID, ground: Ground) -> int:
    """The number the next breach on this ground gets; the caller holds the contract's lock."""
    rows = tables.breach
    last = select(func.max(rows.c.number)).where(rows.c.contract_id == contract_id, rows.c.ground == ground)
    return (session.scalar(last) or 0) + 1


def counted(session: Session, contract_id: UUID, ground: Ground, *, after: int, since: date) -> int:
    """How many breaches with a number above `after` were noted on `since` or later."""
    rows = tables.breach
    query = select(func.count()).where(
        rows.c.contract_id == contract_id, rows.c.ground == ground, rows.c.number > after, rows.c.noted_on >= since
    )
    return session.scalar(query) or 0


def last_proposed(session: Session, contract_id: UUID, ground: Ground) -> Sanction | None:
    """The sanction that was last proposed by itself on this ground."""
    rows = tables.sanction
    query = select(Sanction).where(rows.c.contract_id == contract_id, rows.c.ground == ground)
    return session.scalar(query.order_by(rows.c.counted_to.desc()).limit(1))


def last_imposed(session: Session, contract_id: UUID) -> SanctionKind | None:
    """The step of the ladder that was last imposed for the contract, whatever became of it."""
    rows = tables.sanction
    query = select(Sanction).where(rows.c.contract_id == contract_id, rows.c.imposed_on.is_not(None))
    found = session.scalar(query.order_by(rows.c.imposed_on.desc(), rows.c.created_at.desc()).limit(1))
    return None if found is None else found.measure.kind
