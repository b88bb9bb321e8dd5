"""A plan came into force: vouchers and commitments are asked for its enrolments' items
(PROCESS-B4, PROCESS-B5, PROCESS-B6)."""

from datetime import datetime

from sqlalchemy.orm import Session

from services.package.domain.neighbours import PlanCopy
from services.package.operations.enrolments import announce_enrolment, fail, publish_packages
from services.package.operations.plans import follow_plan
from services.package.storage import enrolments
from services.package.wire import facts
from sote.package.v1 import events_pb2

NOT_PLANNED = "MANDATORY_ITEM_NOT_PLANNED"


def fund_enrolments(session: Session, *, plan: PlanCopy, now: datetime) -> None:
    """Ask for the funding of each enrolment the plan holds; fail one whose mandatory item was taken out (INV-19)."""
    for enrolment in enrolments.load_expanding(session, plan.client_id):
        if not enrolment.awaits_activation(plan):
            continue
        if enrolment.missing_mandatory(plan):
            fail(session, enrolment, NOT_PLANNED, now=now)
            continue
        enrolment.request_funding(plan, now=now)
        requested = facts.enrolment_facts(enrolment)
        fact = events_pb2.EnrolmentFundingRequested(enrolment=requested, plan_id=str(plan.plan_id))
        announce_enrolment(session, enrolment, fact)
        publish_packages(session, enrolment.client_id, now=now)
    follow_plan(session, plan=plan, now=now)
