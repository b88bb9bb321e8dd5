"""Loading sanctions."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from services.chassis.etags import check_etag
from services.provider.domain.refusals import SanctionNotFound
from services.provider.domain.sanction import Sanction, SanctionKind, SanctionState
from services.provider.storage import tables


def load_sanction(session: Session, sanction_id: UUID, *, etag: str = "") -> Sanction:
    """The sanction, its row locked; refuses with SanctionNotFound, and with VersionConflict another etag."""
    sanction = session.get(Sanction, sanction_id, with_for_update=True, populate_existing=True)
    if sanction is None:
        raise SanctionNotFound(sanction_id)
    check_etag(etag, sanction.version)
    return sanction


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
    return session.scalars(query.order_by(rows.c.id).limit(limit).with_for_update(skip_locked=True)).all()
