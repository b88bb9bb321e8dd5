"""The client agrees to a package (ENROLMENT-2), which begins its expansion (saga B)."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.etags import check_etag
from services.chassis.inbox import NotYet
from services.package.domain.enrolment import Enrolment
from services.package.domain.proposing import check_open, check_whole
from services.package.operations.tell import tell_enrolment
from services.package.storage import copies, enrolments, packages
from services.package.wire import facts
from sote.package.v1 import events_pb2


def accept_enrolment(
    session: Session, *, enrolment_id: UUID, optional_codes: Collection[str], etag: str, now: datetime
) -> Enrolment:
    """Take the mandatory items and these optional ones; the envelope is asked for by the fact
    (PROCESS-B1, PROCESS-B2)."""
    enrolment = enrolments.for_update(session, enrolment_id)
    check_etag(etag, enrolment.version)
    client = copies.client(session, enrolment.client_id)
    if client is None:
        raise NotYet("the client is not known here yet")
    package = packages.get(session, enrolment.package_id)
    check_open(package, client)
    check_whole(package, optional_codes)
    content = packages.version(session, enrolment.package_id, enrolment.package_number)
    enrolment.accept(optional_codes, depends_on={one.item_code: one.depends_on for one in content.items}, now=now)
    fact = events_pb2.EnrolmentAccepted(enrolment=facts.enrolment_facts(enrolment))
    tell_enrolment(session, fact, enrolment, now=now)
    return enrolment
