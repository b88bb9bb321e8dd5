"""Loading decisions about centres, and the kinds of units."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.provider.domain.centre import CentreServiceDecision
from services.provider.domain.provider import UnitKind
from services.provider.domain.refusals import CentreServiceDecisionNotFound
from services.provider.storage import tables


def for_update(session: Session, uid: UUID) -> CentreServiceDecision:
    """The decision, its row locked; refuses with CentreServiceDecisionNotFound."""
    found = session.get(CentreServiceDecision, uid, with_for_update=True, populate_existing=True)
    if found is None:
        raise CentreServiceDecisionNotFound(uid)
    return found


def kinds_of(session: Session, unit_ids: Iterable[UUID]) -> dict[UUID, UnitKind]:
    """The kinds of these units; those nobody has are left out."""
    rows = tables.service_unit
    query = select(rows.c.uid, rows.c.terms).where(rows.c.uid.in_(list(unit_ids)))
    return {row.uid: row.terms.kind for row in session.execute(query)}
