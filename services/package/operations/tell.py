"""What every change of an enrolment ends with: its fact announced, its client's section refreshed."""

from datetime import datetime
from uuid import UUID

from google.protobuf.message import Message
from sqlalchemy.orm import Session

from services.chassis.outbox import announce
from services.chassis.sections import publish_section
from services.package.domain.enrolment import Enrolment
from services.package.domain.package import Package
from services.package.storage import enrolments, packages
from services.package.wire import resources
from sote.package.v1 import section_pb2


def tell_enrolment(session: Session, fact: Message, enrolment: Enrolment, *, now: datetime) -> None:
    """Announce a fact of the enrolment and show its client as it is now."""
    session.flush()
    announce(session, fact, aggregate="enrolments", aggregate_id=enrolment.uid, version=enrolment.version)
    show_client(session, enrolment.client_id, now=now)


def tell_package(session: Session, fact: Message, package: Package) -> None:
    """Announce a fact of the package."""
    session.flush()
    announce(session, fact, aggregate="packages", aggregate_id=package.uid, version=package.version)


def show_client(session: Session, client_id: UUID, *, now: datetime) -> None:
    """Refresh what the integrated record shows of the client's packages."""

    def build() -> section_pb2.PackageSection:
        found = enrolments.of_client(session, client_id)
        return resources.section((one, packages.version(session, one.package_id, one.package_number)) for one in found)

    publish_section(session, client_id=client_id, section=build, now=now)
