"""The county publishes the version it drafted (PACKAGE-2, PACKAGE-3)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.inbox import NotYet
from services.package.domain.neighbours import Market
from services.package.domain.package import Package, PackageContent, PackageState
from services.package.domain.publishing import check_publishable, provider_ids
from services.package.domain.rules import Rules
from services.package.operations.packages import announce_package
from services.package.storage import copies, packages
from services.package.wire import facts
from sote.package.v1 import events_pb2


def publish_package(session: Session, *, package_id: UUID, etag: str, rules: Rules, now: datetime) -> Package:
    """Publish it when every guard holds in the market as this service knows it today."""
    package = packages.load_package(session, package_id, etag=etag)
    content = package.drafted()
    first = package.state is PackageState.DRAFT
    services = {item.service_code for item in content.items}
    market = copies.market(session, provider_ids(content), services, helsinki_date(now))
    _check_known(content, market)
    check_publishable(package.code, content, market, rules)
    package.publish(now=now)
    session.flush()
    packages.record_version(session, package)
    published = facts.package_facts(package)
    if first:
        announce_package(session, package, events_pb2.PackagePublished(package=published))
    else:
        announce_package(session, package, events_pb2.PackageVersionPublished(package=published))
    return package


def _check_known(content: PackageContent, market: Market) -> None:
    """A provider or service whose facts have not arrived is no refusal: it is asked again later."""
    services = {item.service_code for item in content.items}
    if not provider_ids(content) <= market.providers.keys() or not services <= market.catalogue.keys():
        raise NotYet("a provider or service of the package is not known here yet")
