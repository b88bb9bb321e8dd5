"""The county enterprise takes over the plans of a centre whose contract is over (PROCESS-C10)."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.careplan.domain.plans.plan_states import IN_FORCE
from services.careplan.domain.rules import Rules
from services.careplan.domain.terms import OperatorKind
from services.careplan.domain.transfers.operator_transfer import Target, order
from services.careplan.operations.lifecycle.cancel_locked_plan import cancel_locked_plan
from services.careplan.operations.transfers.conclude_transfer import conclude_transfer
from services.careplan.storage import plans, transfers
from services.careplan.storage.neighbours.providers import find_county_enterprise

AT_ONCE = 50
ACTOR, REASON = "system", "CONTRACT_ENDED"


def take_over_plans(session: Session, *, rules: Rules, now: datetime, new_id: Callable[[], UUID]) -> None:
    """Transfer what is in force, as the county's order, at most `AT_ONCE` plans in one run; cancel what is not.

    It asks for the present state, not for the fact that led to it: a plan drafted while the contract ended is found
    as well.
    """
    enterprise = find_county_enterprise(session)
    if enterprise is None or not enterprise.units:
        return
    target = Target(enterprise.provider_id, enterprise.units[0].unit_id, OperatorKind.COUNTY_ENTERPRISE)
    for plan_id in plans.of_ended_centres(session, AT_ONCE):
        plan = plans.locked(session, plan_id)
        if plan is None or plan.operator_kind is not OperatorKind.DIRECT_CHOICE_HSSC:
            continue
        if plan.state in IN_FORCE:
            pending = transfers.under_way(session, plan.id)
            made = order(plan, pending, target, reason=REASON, by=ACTOR, now=now, new_id=new_id())
            session.add(made)
            conclude_transfer(session, plan, made, rules=rules, now=now, new_id=new_id)
        elif plan.takes("cancel"):
            cancel_locked_plan(session, plan, REASON, now=now)
