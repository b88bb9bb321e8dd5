"""Publishing versions in the archive, outside the transactions that made them (S2.14)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from google.protobuf.message import Message
from sqlalchemy.orm import Session, sessionmaker

from services.careplan.domain.plan_versions.publication import Archive, Document, Failure, NotPublished, Publication
from services.careplan.operations.plans.publish_plan_section import publish_plan_section
from services.careplan.storage import plan_versions, plans
from services.careplan.storage.plan_versions import find_version
from services.careplan.wire.plan_versions import document_of, publication_failed, published
from services.chassis.outbox import announce

AT_ONCE = 20


@dataclass(frozen=True)
class Attempt:
    """How one attempt ended: with a failure, or `took` after the version came into force (nothing: not news)."""

    failure: Failure | None = None
    took: timedelta | None = None


def publish_versions(
    sessions: sessionmaker[Session], *, archive: Archive, clock: Callable[[], datetime]
) -> Iterator[Attempt]:
    """Publish what is due, at most `AT_ONCE`; the first failure ends the run, for the archive is likely away.

    Each version is claimed in one transaction and settled in another; between them, while the archive is called, none
    is open. A process that dies between them leaves a lease that ends by itself, and putting again changes nothing.
    """
    for _ in range(AT_ONCE):
        with sessions.begin() as session:
            claimed = _claim(session, clock())
        if claimed is None:
            return
        publication_id, plan_id, document = claimed
        failure = _put(archive, document)
        with sessions.begin() as session:
            yield _settle(session, publication_id, plan_id, document, failure, clock())
        if failure is not None:
            return


def _claim(session: Session, now: datetime) -> tuple[UUID, UUID, Document] | None:
    publication = plan_versions.next_due(session, now)
    if publication is None:
        return None
    publication.claim(now)
    plan = plans.read(session, publication.plan_id)
    version = find_version(session, publication.plan_id, publication.major, publication.minor)
    if plan is None or version is None:
        raise LookupError("a publication without its version")
    return publication.id, publication.plan_id, document_of(plan, version, publication)


def _put(archive: Archive, document: Document) -> Failure | None:
    try:
        archive.put(document)
    except NotPublished as error:
        return error.failure
    return None


def _settle(
    session: Session, publication_id: UUID, plan_id: UUID, document: Document, failure: Failure | None, now: datetime
) -> Attempt:
    """What became of it, unless somebody else settled it first, or the plan was closed meanwhile: then it is put again.

    One document of a plan is current: the newest published publication, in whatever order they were taken.
    """
    siblings = plan_versions.of_plan(session, plan_id)
    (publication,) = (each for each in siblings if each.id == publication_id)
    if not publication.waiting or document.closed != publication.closed:
        return Attempt(failure)
    if failure is not None:
        if publication.fail(failure, now):
            _announce(session, publication, publication_failed)
    else:
        for older in siblings:
            if older.current and older.number < publication.number:
                older.replace()
        # The index that allows one current document must see the old one out before the new one in.
        session.flush()
        publication.publish(now)
        if any(newer.current and newer.number > publication.number for newer in siblings):
            publication.replace()
        _announce(session, publication, published)
    publish_plan_section(session, client_id=publication.client_id, now=now)
    return Attempt(failure, None if failure else now - publication.wanted_at)


def _announce(session: Session, publication: Publication, fact: Callable[[Publication], Message]) -> None:
    publication.fact_version += 1
    announce(
        session,
        fact(publication),
        aggregate="publications",
        aggregate_id=publication.id,
        version=publication.fact_version,
    )
