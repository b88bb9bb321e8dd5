"""A delivery was recorded: the item it belongs to progresses."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.package.operations.tell import show_client
from services.package.storage import enrolments


def record_delivery(session: Session, *, plan_service_id: UUID, units: int, now: datetime) -> None:
    """Add the units to the item; a planned service that comes from no enrolment is nobody's business here."""
    enrolment = enrolments.of_plan_service(session, plan_service_id)
    if enrolment is None:
        return
    for item in enrolment.items:
        if item.plan_service_id == plan_service_id:
            item.units_delivered += units
    session.flush()
    show_client(session, enrolment.client_id, now=now)
