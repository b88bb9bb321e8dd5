"""The end of every change of a plan: another etag, its deadlines follow, and the section shows it."""

from datetime import datetime

from sqlalchemy.orm import Session

from services.careplan.domain.plan import Plan
from services.careplan.operations.follow_deadlines import follow_plan_deadlines
from services.careplan.operations.publish_plan_section import publish_plan_section


def conclude_change(session: Session, plan: Plan, *, now: datetime) -> Plan:
    """Mark the plan changed, renew its deadlines and publish its client's section; gives the plan."""
    plan.touch(now)
    follow_plan_deadlines(session, plan, now=now)
    publish_plan_section(session, client_id=plan.client_id, now=now)
    return plan
