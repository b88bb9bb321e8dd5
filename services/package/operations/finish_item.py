"""A planned service is done: so is its item, and with the last mandatory one the enrolment (ENROLMENT-6)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.inbox import NotYet
from services.package.domain.enrolment import EnrolmentState
from services.package.domain.neighbours import PlanCopy
from services.package.operations.enrolments import complete_if_done
from services.package.storage import enrolments


def finish_item(session: Session, *, plan: PlanCopy, plan_service_id: UUID, now: datetime) -> None:
    """Note the item as done; a planned service that comes from no enrolment is nobody's business here.

    The plan tells which enrolment it is, for the fact that linked the item may come later than this one. Raises NotYet
    while the enrolment is not in force here.
    """
    planned = next((service for service in plan.services if service.plan_service_id == plan_service_id), None)
    if planned is None:
        return
    enrolment = enrolments.load_enrolment(session, planned.enrolment_id)
    if enrolment.state is EnrolmentState.EXPANDING:
        raise NotYet("the enrolment is not in force yet")
    enrolment.item_done(plan_service_id, now=now)
    complete_if_done(session, enrolment, now=now)
