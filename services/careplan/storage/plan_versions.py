"""Versions of plans, kept for good (INV-24), and their publications: begun with them, claimed one at a time."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    Table,
    Text,
    Uuid,
    and_,
    func,
    insert,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from services.careplan.domain.plan_versions.plan_version import PlanVersion, VersionKind
from services.careplan.domain.plan_versions.publication import (
    WAITING,
    Failure,
    Publication,
    PublicationState,
    document_oid,
    publication_id,
)
from services.careplan.storage.columns import MAPPER, METADATA, ContentJson
from services.careplan.storage.plans import plan_table
from services.chassis.columns import INSTANT, TableRow, code

plan_version_table = Table(
    "plan_version",
    METADATA,
    Column("plan_id", Uuid, ForeignKey("plan.id"), primary_key=True),
    Column("major", Integer, primary_key=True),
    Column("minor", Integer, primary_key=True),
    Column("kind", code(VersionKind, "kind", length=30), nullable=False),
    Column("assessment_id", Uuid, nullable=False),
    Column("content", ContentJson, nullable=False),
    Column("activated_at", INSTANT, nullable=False),
    Column("activated_by", Text, nullable=False),
    Column("supersedes", Text, nullable=False),
    Column("digest", Text, nullable=False),
    comment="a version that came into force; a trigger forbids any change (INV-24)",
)

publication_table = Table(
    "publication",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("plan_id", Uuid, nullable=False),
    Column("client_id", Uuid, nullable=False),
    Column("major", Integer, nullable=False),
    Column("minor", Integer, nullable=False),
    Column("document_oid", Text, nullable=False, unique=True),
    Column("wanted_at", INSTANT, nullable=False, comment="when the version came into force, or the plan was closed"),
    Column("try_at", INSTANT, nullable=False, comment="not before; while it is tried, the end of the lease"),
    Column("state", code(PublicationState, "state", length=30), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("failure", code(Failure, "failure", length=30)),
    Column("published_at", INSTANT),
    Column("closed", Boolean, nullable=False, comment="the document says that the plan is closed"),
    Column("fact_version", Integer, nullable=False),
    ForeignKeyConstraint(
        ["plan_id", "major", "minor"], ["plan_version.plan_id", "plan_version.major", "plan_version.minor"]
    ),
    CheckConstraint("published_at IS NOT NULL OR state NOT IN ('PUBLISHED', 'REPLACED')", name="published_at"),
    CheckConstraint("failure IS NOT NULL OR state <> 'FAILED'", name="failed"),
    Index("uq_publication_version", "plan_id", "major", "minor", unique=True),
    Index(
        "uq_publication_current",
        "plan_id",
        unique=True,
        postgresql_where=text("state = 'PUBLISHED'"),
    ),
    Index("ix_publication_waiting", "try_at", postgresql_where=text("state IN ('PENDING', 'FAILED')")),
    Index("ix_publication_wanted_at_id", "wanted_at", "id"),
    comment="each version is published for the client's providers (S2.14); one document of a plan is current",
)

recorded_document = Table(
    "recorded_document",
    METADATA,
    Column("oid", Text, primary_key=True),
    Column("body", JSONB, nullable=False),
    Column("times", Integer, nullable=False, comment="how often it was put"),
    comment="documents of a county on one machine, where no archive is",
)

MAPPER.map_imperatively(Publication, publication_table)
_publication = publication_table.c


def add_version(session: Session, version: PlanVersion) -> None:
    """Keep a version for good (INV-24); it is to be published (S2.14)."""
    values = {column.name: getattr(version, column.name) for column in plan_version_table.columns}
    session.execute(insert(plan_version_table).values(values))
    client_id = session.execute(select(plan_table.c.client_id).where(plan_table.c.id == version.plan_id)).scalar_one()
    begin(session, version, client_id)


def find_version(session: Session, plan_id: UUID, major: int, minor: int) -> PlanVersion | None:
    """One version of a plan."""
    column = plan_version_table.c
    query = select(plan_version_table).where(column.plan_id == plan_id, column.major == major, column.minor == minor)
    row = session.execute(query).one_or_none()
    return None if row is None else PlanVersion(**row._mapping)


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
    query = select(Publication).where(_publication.state.in_(WAITING), _publication.try_at <= now)
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


def shown_of(session: Session, plan_id: UUID, limit: int) -> Sequence[TableRow]:
    """The heads of a plan's newest versions with their publications, newest first."""
    version = plan_version_table
    head = (version.c.major, version.c.minor, version.c.kind, version.c.activated_at)
    key = and_(
        _publication.plan_id == version.c.plan_id,
        _publication.major == version.c.major,
        _publication.minor == version.c.minor,
    )
    query = select(*head, _publication.state, _publication.published_at, _publication.document_oid)
    query = query.join_from(version, publication_table, key).where(version.c.plan_id == plan_id)
    newest_first = query.order_by(version.c.major.desc(), version.c.minor.desc())
    return list(session.execute(newest_first.limit(limit)))


def oldest_wanted(session: Session) -> datetime | None:
    """Since when the oldest unpublished version waits; nothing when none does."""
    query = select(func.min(_publication.wanted_at)).where(_publication.state.in_(WAITING))
    since: datetime | None = session.execute(query).scalar_one()
    return since
