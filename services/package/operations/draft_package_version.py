"""The county drafts a next version of a published package (PACKAGE-3)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.package.domain.package import Package
from services.package.storage import packages


def draft_package_version(session: Session, *, package_id: UUID, etag: str, now: datetime) -> Package:
    """Draft a copy of the published version under the next number."""
    package = packages.load_package(session, package_id, etag=etag)
    package.new_version(now=now)
    session.flush()
    return package
