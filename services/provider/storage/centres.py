"""Loading decisions about centres, and the kinds of units."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.chassis.etags import check_etag
from services.provider.domain.centre import CentreServiceDecision
from services.provider.domain.provider import UnitKind
from services.provider.domain.refusals import CentreServiceDecisionNotFound
from services.provider.storage import tables


def load_decision(session: Session, decision_id: UUID, *, etag: str = "") -> CentreServiceDecision:
    """The decision, its row locked; refuses with CentreServiceDecisionNotFound, or VersionConflict for another etag."""
    decision = session.get(CentreServiceDecision, decision_id, with_for_update=True, populate_existing=True)
    if decision is None:
        raise CentreServiceDecisionNotFound(decision_id)
    check_etag(etag, decision.version)
    return decision


def kinds_of(session: Session, unit_ids: Iterable[UUID]) -> dict[UUID, UnitKind]:
    """The kinds of these units; those nobody has are left out."""
    rows = tables.service_unit
    query = select(rows.c.id, rows.c.terms).where(rows.c.id.in_(list(unit_ids)))
    return {row.id: row.terms.kind for row in session.execute(query)}
