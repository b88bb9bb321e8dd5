"""Cancelling a plan that never came into force (PLAN-17)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.careplan.domain.plans.plan import Plan
from services.careplan.operations.lifecycle.cancel_locked_plan import cancel_locked_plan
from services.careplan.operations.plans.load_plan import load_plan
from services.chassis.identity import Caller


def cancel_plan(session: Session, *, plan_id: UUID, etag: str, reason: str, caller: Caller, now: datetime) -> Plan:
    """Cancel the plan and waive what was asked; the client may then have another one."""
    return cancel_locked_plan(session, load_plan(session, plan_id=plan_id, etag=etag, caller=caller), reason, now=now)
