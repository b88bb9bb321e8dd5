"""The county retires a package (PACKAGE-4)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.package.domain.package import Package
from services.package.operations.packages import announce_package
from services.package.storage import packages
from services.package.wire import facts
from sote.package.v1 import events_pb2


def retire_package(session: Session, *, package_id: UUID, etag: str, now: datetime) -> Package:
    """Take no new enrolments; existing ones continue."""
    package = packages.load_package(session, package_id, etag=etag)
    package.retire(now=now)
    announce_package(session, package, events_pb2.PackageRetired(package=facts.package_facts(package)))
    return package
