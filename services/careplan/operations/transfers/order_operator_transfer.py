"""The county's order that another organisation is responsible for a plan (S2.13, PLAN-15)."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.careplan.domain.plans.refusals import NotTheCounty
from services.careplan.domain.rules import Rules
from services.careplan.domain.transfers.operator_transfer import OperatorTransfer, Target, check_target, order
from services.careplan.operations.plans.load_plan import works_for_county
from services.careplan.operations.transfers.conclude_transfer import conclude_transfer
from services.careplan.storage import plans, transfers
from services.careplan.storage.neighbours.providers import find_provider
from services.careplan.wire.etags import plan_etag
from services.careplan.wire.requests import organisation_of
from services.chassis.etags import VersionConflict
from services.chassis.identity import Caller


def order_operator_transfer(
    session: Session,
    *,
    plan_id: UUID,
    etag: str,
    target: Target,
    reason: str,
    rules: Rules,
    caller: Caller,
    now: datetime,
    new_id: Callable[[], UUID],
) -> OperatorTransfer:
    """Make another organisation responsible at once, as the county enterprise; what was under way is withdrawn."""
    plan = plans.locked(session, plan_id)
    if plan is None or not works_for_county(session, organisation_of(caller)):
        raise NotTheCounty
    if etag and etag != plan_etag(plan):
        raise VersionConflict
    plan.require("transfer_operator")
    check_target(target, find_provider(session, target.organisation_id), rules)
    pending = transfers.under_way(session, plan.id)
    made = order(plan, pending, target, reason=reason, by=caller.subject, now=now, new_id=new_id())
    session.add(made)
    conclude_transfer(session, plan, made, rules=rules, now=now, new_id=new_id)
    return made
