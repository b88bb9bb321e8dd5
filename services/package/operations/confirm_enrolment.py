"""Every item has its voucher or commitment: the enrolment is in force (ENROLMENT-4, PROCESS-B7)."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.package.domain.enrolment_item import Funding
from services.package.operations.enrolments import announce_enrolment, fail, publish_packages
from services.package.storage import enrolments
from services.package.wire import facts
from sote.package.v1 import events_pb2

NOT_FUNDED = "MANDATORY_ITEM_NOT_FUNDED"


def confirm_enrolment(session: Session, *, enrolment_id: UUID, funding: Mapping[str, Funding], now: datetime) -> None:
    """Put it in force, or fail it when a mandatory item is not funded (INV-19); one that is past it is left alone."""
    enrolment = enrolments.load_enrolment(session, enrolment_id)
    if not enrolment.awaits_funding:
        return
    if enrolment.unfunded_mandatory(funding):
        fail(session, enrolment, NOT_FUNDED, now=now)
        return
    enrolment.confirm(funding, now=now)
    announce_enrolment(session, enrolment, events_pb2.EnrolmentActivated(enrolment=facts.enrolment_facts(enrolment)))
    publish_packages(session, enrolment.client_id, now=now)
