"""What verbs about packages share: the announcement, and the comparison with what the members may deliver now."""

from datetime import datetime
from uuid import UUID

from google.protobuf.message import Message
from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.outbox import announce
from services.package.domain.package import Package
from services.package.domain.publishing import provider_ids, without_member
from services.package.storage import copies, packages
from services.package.wire import facts


def announce_package(session: Session, package: Package, fact: Message) -> None:
    """Write a fact of the package to the outbox."""
    session.flush()
    announce(session, fact, aggregate="packages", aggregate_id=package.id, version=package.version)


def mark_degraded(session: Session, *, now: datetime, provider_id: UUID | None = None) -> None:
    """Note which items no member may deliver, of each published package or of those with this member (INV-18).

    Members come and go (PACKAGE-5, PROCESS-C4). Enrolments in force are left to process C; only new ones are refused.
    """
    for package in packages.load_published(session, provider_id):
        content = package.published
        if content is None:
            continue
        services = {item.service_code for item in content.items}
        market = copies.market(session, provider_ids(content), services, helsinki_date(now))
        lost = without_member(package.code, content, market)
        if lost != package.degraded:
            package.degrade(lost, now=now)
            announce_package(session, package, facts.degraded(package))
