"""Editing a draft, or the next version in a review (PLAN-2)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.careplan.domain.lifecycle.draft_changes import DraftChanges
from services.careplan.domain.plans.content import Content, ServiceLine
from services.careplan.domain.plans.line_rules import Wish
from services.careplan.domain.plans.plan import Plan
from services.careplan.domain.plans.refusals import GoalUnknown, PlanServiceUnknown
from services.careplan.operations.changes.conclude_change import conclude_change
from services.careplan.operations.plans.check_line import check_line
from services.careplan.operations.plans.load_plan import load_plan
from services.careplan.storage.neighbours.providers import find_catalogue_entries
from services.chassis.clock import helsinki_date
from services.chassis.identity import Caller
from services.kernel.care import Arrangement


def edit_draft(
    session: Session,
    *,
    plan_id: UUID,
    etag: str,
    changes: DraftChanges,
    caller: Caller,
    now: datetime,
    new_id: Callable[[], UUID],
) -> Plan:
    """Put and remove goals, services and sections; each service is checked against catalogue, provider and contract."""
    plan = load_plan(session, plan_id=plan_id, etag=etag, caller=caller)
    plan.require("edit")
    draft = plan.drawn_up()
    for goal_id in changes.remove_goals:
        draft = _without_goal(draft, goal_id)
    for goal in changes.put_goals:
        draft = draft.with_goal(goal)
    for service_id in changes.remove_services:
        draft = _without_service(draft, service_id)
    today = helsinki_date(now)
    for wish in changes.put_services:
        draft = draft.with_line(_line(session, draft, wish, today, new_id))
    if changes.client_view is not None:
        draft = replace(draft, client_view=changes.client_view)
    sections = tuple(each for each in draft.statutory_sections if each.kind not in changes.remove_sections)
    draft = replace(draft, statutory_sections=sections)
    for section in changes.put_sections:
        draft = draft.with_section(section)
    plan.edit(draft)
    return conclude_change(session, plan, now=now)


def _without_goal(draft: Content, goal_id: UUID) -> Content:
    """The draft without a goal, which no service serves any more."""
    if all(goal.goal_id != goal_id for goal in draft.goals):
        raise GoalUnknown(f"the draft has no goal {goal_id}")
    services = tuple(
        replace(line, goal_ids=tuple(served for served in line.goal_ids if served != goal_id))
        for line in draft.services
    )
    return replace(draft, goals=tuple(goal for goal in draft.goals if goal.goal_id != goal_id), services=services)


def _without_service(draft: Content, service_id: UUID) -> Content:
    if draft.line(service_id) is None:
        raise PlanServiceUnknown(f"the draft has no planned service {service_id}")
    return replace(draft, services=tuple(line for line in draft.services if line.plan_service_id != service_id))


def _line(session: Session, draft: Content, wish: Wish, today: date, new_id: Callable[[], UUID]) -> ServiceLine:
    """The checked line of a wish; what an earlier line of that id was linked to stays linked."""
    entry = find_catalogue_entries(session, [wish.service_code]).get(wish.service_code)
    line = wish.line(entry, new_id())
    by_client = False
    if wish.plan_service_id is not None:
        before = draft.line(wish.plan_service_id)
        if before is None:
            raise PlanServiceUnknown(f"the draft has no planned service {wish.plan_service_id}")
        line = replace(line, enrolment_id=before.enrolment_id, item_code=before.item_code)
        if before.arrangement is line.arrangement is Arrangement.VOUCHER and before.provider_id is not None:
            by_client = line.provider_id in (None, before.provider_id)
            line = replace(line, provider_id=before.provider_id, unit_id=before.unit_id)
    return check_line(session, line, entry=entry, today=today, by_client=by_client)
