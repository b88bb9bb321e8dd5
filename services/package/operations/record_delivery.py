"""A delivery was recorded: the item it belongs to progresses."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.package.operations.enrolments import count_deliveries, publish_packages
from services.package.storage import copies, enrolments


def record_delivery(
    session: Session, *, delivery_id: UUID, client_id: UUID, plan_service_id: UUID, units: int, now: datetime
) -> None:
    """Count the units of the item; what is delivered to a client who is not enrolled is nobody's business here.

    The delivery may be heard of before its planned service: it is kept until that is linked.
    """
    if not enrolments.is_enrolled(session, client_id):
        return
    copies.keep_delivery(session, delivery_id, plan_service_id, units)
    enrolment = enrolments.load_of_plan_service(session, plan_service_id)
    if enrolment is None:
        return
    count_deliveries(session, enrolment)
    publish_packages(session, enrolment.client_id, now=now)
