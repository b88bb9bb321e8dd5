"""The county changes the version it is drafting."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.package.domain.package import Package, PackageContent
from services.package.storage import packages


def update_package_draft(
    session: Session, *, package_id: UUID, content: PackageContent, etag: str, now: datetime
) -> Package:
    """Replace the draft; what is published stays."""
    package = packages.load_package(session, package_id, etag=etag)
    package.edit(content, now=now)
    session.flush()
    return package
