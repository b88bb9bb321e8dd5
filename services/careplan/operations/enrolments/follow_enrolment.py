"""Keeping the copy of an enrolment, and taking its items out of the plan when it comes to nothing
(PROCESS-B5, ENROLMENT-7, INV-19)."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.careplan.domain.enrolments.items import without_items
from services.careplan.domain.neighbours.copies import FAILED_ENROLMENT, EnrolmentCopy
from services.careplan.domain.plan_versions.minor_version import remove_items
from services.careplan.domain.plans.plan import Plan
from services.careplan.domain.plans.plan_states import IN_FORCE, PlanState
from services.careplan.domain.rules import Rules
from services.careplan.domain.terms import ReviewCause
from services.careplan.operations.acknowledgements.ask_for_acknowledgements import ask_for_acknowledgements
from services.careplan.operations.changes.conclude_change import conclude_change
from services.careplan.operations.plan_versions.bring_minor_version import bring_minor_version
from services.careplan.operations.plans.announce_plan import announce_plan
from services.careplan.storage import enrolments, plans
from sote.careplan.v1.events_pb2 import EnrolmentItemsRemoved, PlanReturnedToDraft, PlanReviewCancelled

ACTOR, REASON = "package", "ENROLMENT_ENDED"


def follow_enrolment(
    session: Session, *, enrolment: EnrolmentCopy, rules: Rules, now: datetime, new_id: Callable[[], UUID]
) -> None:
    """Keep the newest state of an enrolment; the plan of one that failed or was given up is as it would be without."""
    if not enrolments.keep_enrolment(session, enrolment) or enrolment.state not in FAILED_ENROLMENT:
        return
    plan = plans.open_of(session, enrolment.client_id)
    if plan is None:
        return
    linked = enrolments.linked_to(session, enrolment.enrolment_id)
    drafted = _out_of_draft(session, plan, enrolment.enrolment_id, linked)
    removed = plan.state in IN_FORCE and remove_items(plan, enrolment.enrolment_id, linked, now=now)
    if not (drafted or removed):
        return
    fact = EnrolmentItemsRemoved(enrolment_id=str(enrolment.enrolment_id))
    if removed:
        bring_minor_version(session, plan, fact, by=ACTOR, now=now)
        ask_for_acknowledgements(session, plan, rules=rules, now=now, new_id=new_id)
    else:
        announce_plan(session, plan, fact)
    if plan.review_cause is ReviewCause.NEED_CHANGED and plan.draft == plan.in_force():
        plan.discard_review(REASON)
        announce_plan(session, plan, PlanReviewCancelled())
    conclude_change(session, plan, now=now)


def _out_of_draft(session: Session, plan: Plan, enrolment_id: UUID, linked: list[UUID]) -> bool:
    """Take the items out of the draft, except those that vouchers hold in the plan; returns whether there were any."""
    if plan.draft is None:
        return False
    held = {service.id for service in plan.services if service.voucher_id is not None and not service.done}
    draft = without_items(plan.draft, enrolment_id, linked, held)
    if draft == plan.draft:
        return False
    if plan.state is PlanState.CONSULTATION:
        plan.back_to_draft(REASON)
        announce_plan(session, plan, PlanReturnedToDraft())
    plan.draft = draft
    return True
