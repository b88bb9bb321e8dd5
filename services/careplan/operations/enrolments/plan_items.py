"""Putting the items of an enrolment into the client's draft or review, or refusing them for good (PROCESS-B3)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from services.careplan.domain.enrolments.items import equal_line, wish_of, with_items
from services.careplan.domain.enrolments.refusals import OpenPlanMissing
from services.careplan.domain.neighbours.copies import OPEN_ENROLMENT, EnrolmentCopy
from services.careplan.domain.plans.content import Content, ServiceLine
from services.careplan.domain.plans.plan import Plan
from services.careplan.domain.plans.plan_states import PlanState
from services.careplan.domain.plans.refusals import ProviderUnknown, ServiceNotInCatalogue
from services.careplan.domain.rules import Rules
from services.careplan.domain.terms import ReviewCause
from services.careplan.operations.changes.conclude_change import conclude_change
from services.careplan.operations.plans.announce_plan import announce_plan
from services.careplan.operations.plans.check_line import check_line
from services.careplan.storage import enrolments, plans
from services.careplan.storage.neighbours.providers import find_catalogue_entries
from services.chassis.clock import helsinki_date
from services.chassis.outbox import announce
from services.kernel.refusal import Refusal
from sote.careplan.v1.events_pb2 import EnrolmentItemsPlanned, EnrolmentItemsRefused, PlanReviewStarted

PASSING = (OpenPlanMissing, ProviderUnknown, ServiceNotInCatalogue)
"""What may only be late: waited for until `saga.retry_minutes` have passed (PROCESS-5)."""


def plan_items(
    session: Session, *, enrolment_id: UUID, rules: Rules, now: datetime, new_id: Callable[[], UUID]
) -> None:
    """Answer a waiting enrolment if it can be answered now: its items are planned, or refused with a reason."""
    since = enrolments.asked_at(session, enrolment_id)
    enrolment = enrolments.enrolment(session, enrolment_id)
    if since is None or enrolment is None:
        return
    if enrolment.state not in OPEN_ENROLMENT:
        enrolments.answer(session, enrolment_id, enrolment.state)
        return
    try:
        plan, draft, linked = _draft_with(session, enrolment, now, new_id)
    except Refusal as refusal:
        if isinstance(refusal, PASSING) and now - since < timedelta(minutes=rules.saga_retry_minutes):
            return
        enrolments.answer(session, enrolment_id, refusal.reason)
        fact = EnrolmentItemsRefused(enrolment_id=str(enrolment_id), reason=refusal.reason)
        announce(session, fact, aggregate="enrolments", aggregate_id=enrolment_id, version=1)
        return
    if plan.state is PlanState.ACTIVE:
        plan.start_review(ReviewCause.NEED_CHANGED)
        announce_plan(session, plan, PlanReviewStarted())
    plan.edit(draft)
    enrolments.answer(session, enrolment_id, enrolments.PLANNED, linked)
    announce_plan(session, plan, EnrolmentItemsPlanned(enrolment_id=str(enrolment_id)), with_planned=True)
    conclude_change(session, plan, now=now)


def _draft_with(
    session: Session, enrolment: EnrolmentCopy, now: datetime, new_id: Callable[[], UUID]
) -> tuple[Plan, Content, list[UUID]]:
    """The plan that can take the items, unchanged, the draft it would have with them, and what stood there before."""
    plan = plans.open_of(session, enrolment.client_id)
    if plan is None or not (plan.takes("edit") or plan.takes("start_review")):
        raise OpenPlanMissing("the client has no plan that can take the items of the package")
    draft = plan.drawn_up() if plan.takes("edit") else plan.in_force()
    done = [service.id for service in plan.services if service.done]
    entries = find_catalogue_entries(session, [item.service_code for item in enrolment.items])
    today = helsinki_date(now)
    lines: dict[str, ServiceLine] = {}
    for item in enrolment.items:
        line = equal_line(with_items(draft, enrolment.enrolment_id, lines), item, enrolment.enrolment_id, done)
        if line is None:
            entry = entries.get(item.service_code)
            line = check_line(session, wish_of(item).line(entry, new_id()), entry=entry, today=today)
        lines[item.item_code] = line
    before = {line.plan_service_id for line in draft.services if line.enrolment_id is None}
    linked = [line.plan_service_id for line in lines.values() if line.plan_service_id in before]
    return plan, with_items(draft, enrolment.enrolment_id, lines), linked
