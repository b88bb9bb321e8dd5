"""The items of an enrolment stand in a draft or review of the plan (PROCESS-B3)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.package.domain.enrolment import EnrolmentState
from services.package.domain.neighbours import PlanCopy
from services.package.operations.enrolments import fail, publish_packages
from services.package.operations.plans import PLAN_DISCARDED
from services.package.storage import copies, enrolments


def plan_enrolment(session: Session, *, enrolment_id: UUID, plan: PlanCopy, now: datetime) -> None:
    """Link the items to their planned services; one that is past it, or older news of the plan, is left alone.

    When it was heard first that this draft or review was discarded, there is nothing to wait for.
    """
    enrolment = enrolments.load_enrolment(session, enrolment_id)
    if enrolment.state is not EnrolmentState.EXPANDING:
        return
    if copies.is_discarded(session, plan.plan_id, after=plan.version):
        fail(session, enrolment, PLAN_DISCARDED, now=now)
        return
    enrolment.plan_items(plan, now=now)
    publish_packages(session, enrolment.client_id, now=now)
