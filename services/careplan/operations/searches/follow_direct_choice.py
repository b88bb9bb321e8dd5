"""Keeping the copy of a client's direct choice, and what it means for the plan."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.careplan.domain.neighbours.copies import DirectChoiceCopy
from services.careplan.domain.plans.plan_states import IN_FORCE
from services.careplan.domain.rules import Rules
from services.careplan.operations.acknowledgements.ask_for_acknowledgements import ask_for_acknowledgements
from services.careplan.operations.changes.conclude_change import conclude_change
from services.careplan.operations.searches.assign_direct_choices import assign_direct_choices
from services.careplan.storage import plans
from services.careplan.storage.neighbours.clients import direct_choice_copy
from services.chassis.copies import keep_newer


def follow_direct_choice(
    session: Session, *, choice: DirectChoiceCopy, rules: Rules, now: datetime, new_id: Callable[[], UUID]
) -> None:
    """Keep a choice of a centre or a dental unit, unless a newer version is known; a centre operates by it (PLAN-1).

    Planned services of direct choice follow the client (PROCESS-C10).
    """
    if not keep_newer(session, direct_choice_copy, vars(choice)):
        return
    plan = plans.open_of(session, choice.client_id, IN_FORCE)
    if plan is not None and assign_direct_choices(session, plan, now=now):
        ask_for_acknowledgements(session, plan, rules=rules, now=now, new_id=new_id)
        conclude_change(session, plan, now=now)
