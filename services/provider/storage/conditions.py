"""Loading versions of conditions and evidence."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import and_, func, or_, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from services.chassis.etags import check_etag
from services.provider.domain.condition import Condition, ConditionSet, ConditionSetState, Evidence, EvidenceState
from services.provider.domain.refusals import ConditionSetNotFound
from services.provider.storage import tables


def load_condition_set(session: Session, condition_set_id: UUID, *, etag: str = "") -> ConditionSet:
    """The condition set, its row locked; refuses with ConditionSetNotFound, and with VersionConflict another etag."""
    condition_set = session.get(ConditionSet, condition_set_id, with_for_update=True, populate_existing=True)
    if condition_set is None:
        raise ConditionSetNotFound(condition_set_id)
    check_etag(etag, condition_set.version)
    return condition_set


def get_condition_set(session: Session, condition_set_id: UUID) -> ConditionSet:
    """The condition set as it is, without a lock; refuses with ConditionSetNotFound."""
    condition_set = session.get(ConditionSet, condition_set_id)
    if condition_set is None:
        raise ConditionSetNotFound(condition_set_id)
    return condition_set


def published(session: Session, scope: str) -> ConditionSet | None:
    """The published version of a scope, its row locked."""
    rows = tables.condition_set
    query = select(ConditionSet).where(rows.c.scope == scope, rows.c.state == ConditionSetState.PUBLISHED)
    return session.scalar(query.with_for_update())


def next_number(session: Session, scope: str) -> int:
    """The number a new version of the scope gets; two drafts at once meet the unique constraint."""
    rows = tables.condition_set
    return (session.scalar(select(func.max(rows.c.number)).where(rows.c.scope == scope)) or 0) + 1


def code_exists(session: Session, condition_code: str) -> bool:
    """Whether any version of conditions has this condition."""
    rows = tables.condition_set
    holds = rows.c.conditions.cast(JSONB).contains([{"code": condition_code}])
    return session.scalar(select(rows.c.id).where(holds).limit(1)) is not None


def asked(session: Session, condition_code: str) -> list[Condition]:
    """The condition with this code as the published versions ask for it."""
    rows = tables.condition_set
    query = select(rows.c.conditions).where(rows.c.state == ConditionSetState.PUBLISHED)
    return [
        condition
        for conditions in session.scalars(query)
        for condition in conditions
        if condition.code == condition_code
    ]


def evidence_for_update(session: Session, provider_id: UUID, condition_code: str) -> Evidence | None:
    """The finding about a provider and a condition, its row locked; None before the first."""
    rows = tables.evidence
    query = select(Evidence).where(rows.c.provider_id == provider_id, rows.c.condition_code == condition_code)
    return session.scalar(query.with_for_update())


def load_evidence_to_announce(session: Session, *, day: date, warn_until: date, limit: int) -> Sequence[Evidence]:
    """Met findings that end up to `warn_until`, or ended before `day`, not yet announced; rows locked."""
    rows = tables.evidence
    query = select(Evidence).where(
        rows.c.state == EvidenceState.MET,
        or_(
            and_(rows.c.valid_to < day, rows.c.expired_announced.is_distinct_from(rows.c.valid_to)),
            and_(
                rows.c.valid_to >= day,
                rows.c.valid_to <= warn_until,
                rows.c.expiring_announced.is_distinct_from(rows.c.valid_to),
            ),
        ),
    )
    return session.scalars(query.order_by(rows.c.id).limit(limit).with_for_update(skip_locked=True)).all()
