"""Publications: begun with their versions, claimed one at a time, counted."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, select
from sqlalchemy.engine import Row
from sqlalchemy.orm import Session

from services.careplan.domain.plan_version import PlanVersion
from services.careplan.domain.publication import WAITING, Publication, document_oid, publication_id
from services.careplan.storage import tables
from services.careplan.storage.publication_tables import publication as table

_publication = table.c


def begin(session: Session, version: PlanVersion, client_id: UUID) -> None:
    """A version that has just come into force is to be published."""
    uid = publication_id(version.plan_id, version.number)
    wanted = version.activated_at
    session.add(
        Publication(
            uid, version.plan_id, client_id, version.major, version.minor, document_oid(uid), wanted, try_at=wanted
        )
    )


def next_due(session: Session, now: datetime) -> Publication | None:
    """The publication that has waited longest to be tried, locked; those that others are at are passed over."""
    query = select(Publication).where(_publication.status.in_(WAITING), _publication.try_at <= now)
    in_turn = query.order_by(_publication.try_at, _publication.major, _publication.minor, _publication.id).limit(1)
    return session.execute(in_turn.with_for_update(skip_locked=True)).scalar_one_or_none()


def of_plan(session: Session, plan_id: UUID) -> Sequence[Publication]:
    """The publications of a plan's versions, oldest first, their rows locked."""
    query = select(Publication).where(_publication.plan_id == plan_id)
    query = query.order_by(_publication.major, _publication.minor).with_for_update()
    return session.execute(query.execution_options(populate_existing=True)).scalars().all()


def newest_of_plan(session: Session, plan_id: UUID) -> Publication | None:
    """The publication of the plan's last version, its row locked."""
    query = select(Publication).where(_publication.plan_id == plan_id)
    query = query.order_by(_publication.major.desc(), _publication.minor.desc()).limit(1).with_for_update()
    return session.execute(query.execution_options(populate_existing=True)).scalar_one_or_none()


def shown_of(session: Session, plan_id: UUID, limit: int) -> Sequence[Row[Any]]:
    """The heads of a plan's newest versions with their publications, newest first."""
    version = tables.plan_version
    head = (version.c.major, version.c.minor, version.c.kind, version.c.activated_at)
    key = and_(
        _publication.plan_id == version.c.plan_id,
        _publication.major == version.c.major,
        _publication.minor == version.c.minor,
    )
    query = select(*head, _publication.status, _publication.published_at, _publication.document_oid)
    query = query.join_from(version, table, key).where(version.c.plan_id == plan_id)
    newest_first = query.order_by(version.c.major.desc(), version.c.minor.desc())
    return list(session.execute(newest_first.limit(limit)))


def oldest_wanted(session: Session) -> datetime | None:
    """Since when the oldest unpublished version waits; nothing when none does."""
    query = select(func.min(_publication.wanted_at)).where(_publication.status.in_(WAITING))
    since: datetime | None = session.execute(query).scalar_one()
    return since
