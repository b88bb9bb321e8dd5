"""Packages as rows, and every version ever published."""

from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from services.chassis.etags import check_etag
from services.package.domain.package import Package, PackageContent, PackageState
from services.package.domain.refusals import PackageNotFound
from services.package.storage import tables


def load_package(session: Session, package_id: UUID, *, etag: str = "") -> Package:
    """The package, its row locked; refuses with PackageNotFound, and with VersionConflict another etag."""
    package = session.get(Package, package_id, with_for_update=True, populate_existing=True)
    if package is None:
        raise PackageNotFound(package_id)
    check_etag(etag, package.version)
    return package


def load_published(session: Session, provider_id: UUID | None) -> list[Package]:
    """The published packages, or those that name this member, their rows locked in one order."""
    rows = tables.package
    query = select(Package).where(rows.c.state == PackageState.PUBLISHED)
    if provider_id is not None:
        query = query.where(rows.c.published.cast(JSONB).contains({"members": [{"provider_id": str(provider_id)}]}))
    locked = query.order_by(rows.c.id).with_for_update().execution_options(populate_existing=True)
    return list(session.scalars(locked))


def get_package(session: Session, package_id: UUID) -> Package:
    """The package as it is, without a lock; refuses with PackageNotFound."""
    package = session.get(Package, package_id)
    if package is None:
        raise PackageNotFound(package_id)
    return package


def published_packages(session: Session) -> list[Package]:
    """The packages clients can be enrolled in, by code."""
    rows = tables.package
    query = select(Package).where(rows.c.state == PackageState.PUBLISHED).order_by(rows.c.code)
    return list(session.scalars(query))


def record_version(session: Session, package: Package) -> None:
    """Store the published version for those enrolled in it."""
    values = {
        "package_id": package.id,
        "number": package.published_number,
        "content": package.published,
        "published_at": package.updated_at,
    }
    session.execute(insert(tables.package_version).values(**values))


def version_content(session: Session, package_id: UUID, number: int) -> PackageContent:
    """What a version says that was once published."""
    rows = tables.package_version
    query = select(rows.c.content).where(rows.c.package_id == package_id, rows.c.number == number)
    content: PackageContent = session.execute(query).scalar_one()
    return content
