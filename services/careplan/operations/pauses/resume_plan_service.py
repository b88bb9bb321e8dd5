"""A planned service that rested goes on (PLANSERVICE-4)."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.careplan.domain.plans.plan import Plan
from services.careplan.operations.changes.conclude_change import conclude_change
from services.careplan.operations.pauses.end_pause import resume_service
from services.careplan.operations.plans.load_plan import load_plan
from services.chassis.identity import Caller


def resume_plan_service(
    session: Session,
    *,
    plan_id: UUID,
    plan_service_id: UUID,
    etag: str,
    resumed_date: date,
    caller: Caller,
    now: datetime,
) -> Plan:
    """Let it go on from a day on, as the operator or the county."""
    plan = load_plan(session, plan_id=plan_id, etag=etag, caller=caller, county_too=True)
    plan.require("resume_service")
    resume_service(session, plan, plan.service(plan_service_id), resumed_date)
    return conclude_change(session, plan, now=now)
