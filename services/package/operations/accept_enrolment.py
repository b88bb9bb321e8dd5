"""The client agrees to a package (ENROLMENT-2), which begins its expansion (process B)."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.inbox import NotYet
from services.package.domain.enrolment import Enrolment
from services.package.domain.proposing import check_open, check_whole
from services.package.operations.enrolments import announce_enrolment, publish_packages
from services.package.storage import copies, enrolments, packages
from services.package.wire import facts
from sote.package.v1 import events_pb2


def accept_enrolment(
    session: Session, *, enrolment_id: UUID, optional_codes: Collection[str], etag: str, now: datetime
) -> Enrolment:
    """Take the mandatory items and these optional ones; the envelope is asked for by the fact
    (PROCESS-B1, PROCESS-B2)."""
    enrolment = enrolments.load_enrolment(session, enrolment_id, etag=etag)
    client = copies.client(session, enrolment.client_id)
    if client is None:
        raise NotYet("the client is not known here yet")
    package = packages.get_package(session, enrolment.package_id)
    check_open(package, client)
    check_whole(package, optional_codes)
    content = packages.version_content(session, enrolment.package_id, enrolment.package_number)
    depends_on = {item.item_code: item.depends_on for item in content.items}
    enrolment.accept(optional_codes, depends_on=depends_on, now=now)
    announce_enrolment(session, enrolment, events_pb2.EnrolmentAccepted(enrolment=facts.enrolment_facts(enrolment)))
    publish_packages(session, enrolment.client_id, now=now)
    return enrolment
