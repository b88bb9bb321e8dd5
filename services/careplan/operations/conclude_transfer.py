"""What follows when another organisation has become responsible for a plan (P15)."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.careplan.domain.operator_transfer import OperatorTransfer
from services.careplan.domain.plan import Plan
from services.careplan.domain.rules import Rules
from services.careplan.operations.announce_plan import announce_plan
from services.careplan.operations.ask_for_acknowledgements import ask_for_acknowledgements
from services.careplan.operations.conclude_change import conclude_change
from services.careplan.storage import plans
from sote.careplan.v1.events_pb2 import PlanOperatorChanged


def conclude_transfer(
    session: Session,
    plan: Plan,
    transfer: OperatorTransfer,
    *,
    rules: Rules,
    now: datetime,
    new_id: Callable[[], UUID],
) -> None:
    """Tell everybody, and ask anew who must promise to follow: the new operator no longer, the former one now."""
    fact = PlanOperatorChanged(
        former_operator_organisation_id=str(transfer.from_organisation_id), ordered=transfer.ordered
    )
    announce_plan(session, plan, fact)
    for consultation in plans.consultations_of(session, plan.id, plan.major + 1):
        if consultation.provider_id == plan.operator_organisation_id:
            consultation.supersede()
    ask_for_acknowledgements(session, plan, rules=rules, now=now, new_id=new_id)
    conclude_change(session, plan, now=now)
