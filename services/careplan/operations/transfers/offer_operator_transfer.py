"""Offering the responsibility for a plan to another organisation (PLAN-15)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.careplan.domain.rules import Rules
from services.careplan.domain.transfers.operator_transfer import OperatorTransfer, Target, check_target, offer
from services.careplan.operations.plans.load_plan import load_plan
from services.careplan.storage import transfers
from services.careplan.storage.neighbours.providers import find_provider
from services.chassis.identity import Caller


def offer_operator_transfer(
    session: Session,
    *,
    plan_id: UUID,
    etag: str,
    target: Target,
    reason: str,
    rules: Rules,
    caller: Caller,
    now: datetime,
    new_id: UUID,
) -> OperatorTransfer:
    """Offer the plan; it stays with the caller's organisation until the transfer is committed. One at a time."""
    plan = load_plan(session, plan_id=plan_id, etag=etag, caller=caller)
    plan.require("transfer_operator")
    check_target(target, find_provider(session, target.organisation_id), rules)
    pending = transfers.under_way(session, plan.id)
    made = offer(plan, pending, target, reason=reason, by=caller.subject, now=now, new_id=new_id)
    session.add(made)
    session.flush()
    return made
