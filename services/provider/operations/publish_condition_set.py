"""The county publishes a version of conditions."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.outbox import announce
from services.provider.domain.condition import ConditionSet
from services.provider.storage import conditions as storage
from services.provider.wire import facts


def publish_condition_set(session: Session, *, condition_set_id: UUID, etag: str, now: datetime) -> ConditionSet:
    """Publish the draft; the published version of its scope is superseded, contracts under it keep it."""
    drafted = storage.load_condition_set(session, condition_set_id, etag=etag)
    before = storage.published(session, drafted.scope)
    if before is not None and before is not drafted:
        before.supersede(now=now)
        session.flush()  # first: a scope has one published version at every moment
    drafted.publish(now=now)
    session.flush()
    fact = facts.condition_set_published(drafted)
    announce(session, fact, aggregate="conditionSets", aggregate_id=drafted.id, version=drafted.version)
    return drafted
