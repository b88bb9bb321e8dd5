"""Loading sanctions."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from services.provider.domain.refusals import SanctionNotFound
from services.provider.domain.sanction import Sanction, SanctionKind, SanctionState
from services.provider.storage import tables


def for_update(session: Session, uid: UUID) -> Sanction:
    """The sanction, its row locked; refuses with SanctionNotFound."""
    found = session.get(Sanction, uid, with_for_update=True, populate_existing=True)
    if found is None:
        raise SanctionNotFound(uid)
    return found


def imposed_on(session: Session, provider_ids: Iterable[UUID]) -> set[UUID]:
    """Those of the providers on whom a sanction is imposed now."""
    rows = tables.sanction
    query = select(rows.c.provider_id).where(rows.c.state == SanctionState.IMPOSED)
    return set(session.scalars(query.where(rows.c.provider_id.in_(list(provider_ids)))))


def over(session: Session, *, day: date, limit: int) -> Sequence[Sanction]:
    """Imposed sanctions whose last day is over and that expire by it, their rows locked; busy ones wait."""
    rows = tables.sanction
    kind = rows.c.measure.cast(JSONB)["kind"].astext
    query = select(Sanction).where(
        rows.c.state == SanctionState.IMPOSED, rows.c.until < day, kind != SanctionKind.CORRECTIVE_ORDER
    )
    return session.scalars(query.order_by(rows.c.uid).limit(limit).with_for_update(skip_locked=True)).all()
