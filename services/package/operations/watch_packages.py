"""Members come and go: which items of published packages nobody may deliver is told, and when somebody may again."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.package.domain.publishing import provider_ids, without_member
from services.package.operations.tell import tell_package
from services.package.storage import copies, packages
from services.package.wire import facts


def watch_packages(session: Session, *, now: datetime, provider_id: UUID | None = None) -> None:
    """Compare each published package, or those with this member, with the market as it is now
    (PACKAGE-5, PROCESS-C4, INV-18).

    Enrolments in force are left to process C; only new ones are refused.
    """
    for package in packages.published_for_update(session, provider_id):
        content = package.published
        if content is None:
            continue
        services = {item.service_code for item in content.items}
        market = copies.market(session, provider_ids(content), services, helsinki_date(now))
        lost = without_member(package.code, content, market)
        if lost != package.degraded:
            package.degrade(lost, now=now)
            tell_package(session, facts.degraded(package), package)
