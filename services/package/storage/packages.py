"""Loading packages, and keeping every published version."""

from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from services.package.domain.package import Package, PackageContent, PackageState
from services.package.domain.refusals import PackageNotFound
from services.package.storage import tables


def for_update(session: Session, uid: UUID) -> Package:
    """The package, its row locked; refuses with PackageNotFound."""
    found = session.get(Package, uid, with_for_update=True, populate_existing=True)
    if found is None:
        raise PackageNotFound(uid)
    return found


def get(session: Session, uid: UUID) -> Package:
    """The package as it is; refuses with PackageNotFound."""
    found = session.get(Package, uid)
    if found is None:
        raise PackageNotFound(uid)
    return found


def published(session: Session) -> list[Package]:
    """The packages clients can be enrolled in, by code."""
    rows = tables.package
    query = select(Package).where(rows.c.state == PackageState.PUBLISHED).order_by(rows.c.code)
    return list(session.scalars(query))


def published_for_update(session: Session, provider_id: UUID | None) -> list[Package]:
    """The published packages, or those that name this member, their rows locked in one order."""
    rows = tables.package
    query = select(Package).where(rows.c.state == PackageState.PUBLISHED)
    if provider_id is not None:
        query = query.where(rows.c.published.cast(JSONB).contains({"members": [{"provider_id": str(provider_id)}]}))
    locked = query.order_by(rows.c.uid).with_for_update().execution_options(populate_existing=True)
    return list(session.scalars(locked))


def keep_version(session: Session, package: Package) -> None:
    """Keep the published version for those enrolled in it."""
    values = {
        "package_id": package.uid,
        "number": package.published_number,
        "content": package.published,
        "published_at": package.updated_at,
    }
    session.execute(insert(tables.package_version).values(**values))


def version(session: Session, package_id: UUID, number: int) -> PackageContent:
    """A version once published."""
    rows = tables.package_version
    query = select(rows.c.content).where(rows.c.package_id == package_id, rows.c.number == number)
    found: PackageContent = session.execute(query).scalar_one()
    return found
