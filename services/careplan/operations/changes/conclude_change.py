"""The end of every change of a plan: another etag; searches, deadlines, publication follow; the section shows it."""

from datetime import datetime

from sqlalchemy.orm import Session

from services.careplan.domain.plans.plan import Plan
from services.careplan.domain.plans.plan_states import PlanState
from services.careplan.operations.changes.follow_cases import follow_cases
from services.careplan.operations.deadlines.follow_deadlines import follow_plan_deadlines
from services.careplan.operations.plans.publish_plan_section import publish_plan_section
from services.careplan.storage import plan_versions


def conclude_change(session: Session, plan: Plan, *, now: datetime) -> Plan:
    """Mark it changed, move its searches on, renew its deadlines, publish its client's section; gives the plan."""
    plan.touch(now)
    follow_cases(session, plan, now=now)
    follow_plan_deadlines(session, plan, now=now)
    if plan.state is PlanState.CLOSED and (last := plan_versions.newest_of_plan(session, plan.id)) is not None:
        last.mark_closed(now)
    publish_plan_section(session, client_id=plan.client_id, now=now)
    return plan
