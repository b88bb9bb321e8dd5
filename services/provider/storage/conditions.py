"""Loading versions of conditions and evidence."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import and_, func, or_, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from services.provider.domain.condition import Condition, ConditionSet, ConditionSetState, Evidence, EvidenceStatus
from services.provider.domain.refusals import ConditionSetNotFound
from services.provider.storage import tables


def for_update(session: Session, uid: UUID) -> ConditionSet:
    """The version of conditions, its row locked; refuses with ConditionSetNotFound."""
    found = session.get(ConditionSet, uid, with_for_update=True, populate_existing=True)
    if found is None:
        raise ConditionSetNotFound(uid)
    return found


def get(session: Session, uid: UUID) -> ConditionSet:
    """The version of conditions; refuses with ConditionSetNotFound."""
    found = session.get(ConditionSet, uid)
    if found is None:
        raise ConditionSetNotFound(uid)
    return found


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
    return session.scalar(select(rows.c.uid).where(holds).limit(1)) is not None


def asked(session: Session, condition_code: str) -> list[Condition]:
    """The condition with this code as the published versions ask for it."""
    rows = tables.condition_set
    query = select(rows.c.conditions).where(rows.c.state == ConditionSetState.PUBLISHED)
    return [one for conditions in session.scalars(query) for one in conditions if one.code == condition_code]


def evidence_for_update(session: Session, provider_id: UUID, condition_code: str) -> Evidence | None:
    """The finding about a provider and a condition, its row locked; None before the first."""
    rows = tables.evidence
    query = select(Evidence).where(rows.c.provider_id == provider_id, rows.c.condition_code == condition_code)
    return session.scalar(query.with_for_update())


def evidence_to_tell(session: Session, *, day: date, warn_until: date, limit: int) -> Sequence[Evidence]:
    """Met findings that end up to `warn_until`, or ended before `day`, which nobody was told of; rows locked."""
    rows = tables.evidence
    query = select(Evidence).where(
        rows.c.status == EvidenceStatus.MET,
        or_(
            and_(rows.c.valid_to < day, rows.c.expired_told.is_distinct_from(rows.c.valid_to)),
            and_(
                rows.c.valid_to >= day,
                rows.c.valid_to <= warn_until,
                rows.c.expiring_told.is_distinct_from(rows.c.valid_to),
            ),
        ),
    )
    return session.scalars(query.order_by(rows.c.uid).limit(limit).with_for_update(skip_locked=True)).all()
