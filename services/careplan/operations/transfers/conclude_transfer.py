"""What follows when another organisation has become responsible for a plan (PLAN-15)."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.careplan.domain.plans.plan import Plan
from services.careplan.domain.rules import Rules
from services.careplan.domain.transfers.operator_transfer import OperatorTransfer
from services.careplan.operations.acknowledgements.ask_for_acknowledgements import ask_for_acknowledgements
from services.careplan.operations.changes.conclude_change import conclude_change
from services.careplan.operations.plans.announce_plan import announce_plan
from services.careplan.storage.consultations import consultations_of
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
    """Announce it, and ask for acknowledgements again: of the former operator now, of the new one no longer."""
    fact = PlanOperatorChanged(
        former_operator_organisation_id=str(transfer.from_organisation_id), ordered=transfer.ordered
    )
    announce_plan(session, plan, fact)
    for consultation in consultations_of(session, plan.id, plan.major + 1):
        if consultation.provider_id == plan.operator_organisation_id:
            consultation.supersede()
    ask_for_acknowledgements(session, plan, rules=rules, now=now, new_id=new_id)
    conclude_change(session, plan, now=now)
