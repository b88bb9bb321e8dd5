"""Rows about what does not fit together in clients' records, and when each record is looked through next."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID, uuid5

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.gateway.domain.inconsistencies import Inconsistency
from services.gateway.storage.tables import finding, record_check


def check_on(session: Session, client_id: UUID, day: date, *, again: bool = False) -> None:
    """Look through the record on that day, or earlier if that was meant before; `again`: it was done just now."""
    insertion = insert(record_check).values(client_id=client_id, due_on=day)
    due = insertion.excluded.due_on if again else func.least(record_check.c.due_on, insertion.excluded.due_on)
    session.execute(insertion.on_conflict_do_update(index_elements=[record_check.c.client_id], set_={"due_on": due}))


def due(session: Session, today: date, *, limit: int) -> Sequence[UUID]:
    """Clients whose record is to be looked through by `today`, the longest due first, locked; busy ones wait."""
    query = select(record_check.c.client_id).where(record_check.c.due_on <= today)
    ordered = query.order_by(record_check.c.due_on, record_check.c.client_id).limit(limit)
    return session.scalars(ordered.with_for_update(skip_locked=True)).all()


def replace(session: Session, client_id: UUID, inconsistencies: Iterable[Inconsistency], *, now: datetime) -> None:
    """What does not fit now; what was found before keeps the moment it was found."""
    current = []
    for inconsistency in inconsistencies:
        finding_id = uuid5(client_id, f"{inconsistency.kind.name} {inconsistency.subject}")
        current.append(finding_id)
        values = {
            "description": inconsistency.description,
            "rule": inconsistency.rule,
            "owner_id": UUID(inconsistency.owner) if inconsistency.owner else None,
            "since": inconsistency.since,
        }
        key = {
            "id": finding_id,
            "client_id": client_id,
            "kind": inconsistency.kind.name,
            "subject": inconsistency.subject,
        }
        insertion = insert(finding).values(**key, **values, found_at=now)
        session.execute(insertion.on_conflict_do_update(index_elements=[finding.c.id], set_=values))
    session.execute(delete(finding).where(finding.c.client_id == client_id, finding.c.id.not_in(current)))
