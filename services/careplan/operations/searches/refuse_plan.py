"""A provider's refusal of a plan (PLAN-8, PROCESS-E3, PROCESS-E4)."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.careplan.domain.acknowledgements.acknowledgement import (
    Acknowledgement,
    RefusalReason,
    contracts_of,
    rerouted_by,
)
from services.careplan.domain.rules import Rules
from services.careplan.domain.searches.reroute_case import Loss, RerouteCause
from services.careplan.operations.acknowledgements.ask_for_acknowledgements import ask_for_acknowledgements
from services.careplan.operations.acknowledgements.load_acknowledgement import load_acknowledgement
from services.careplan.operations.changes.conclude_change import conclude_change
from services.careplan.operations.plans.announce_plan import announce_plan
from services.careplan.operations.searches.record_loss import count_refusal
from services.careplan.operations.searches.reroute_service import reroute_service
from services.careplan.wire.facts import plan_refused
from services.chassis.identity import Caller


def refuse_plan(
    session: Session,
    *,
    plan_id: UUID,
    reason: RefusalReason,
    text: str,
    rules: Rules,
    caller: Caller,
    now: datetime,
    new_id: Callable[[], UUID],
) -> Acknowledgement:
    """Refuse for the caller's organisation: another provider is sought for what it has by voucher or purchase.

    A direct-choice provider may not refuse: the service stays with it and the breach is announced. So is a reason
    that is not allowed, but the client does not wait for the quarrel to end.
    """
    plan, asked = load_acknowledgement(session, plan_id=plan_id, caller=caller)
    plan.take("refuse")
    content = plan.in_force()
    part = content.parts(plan.operator_organisation_id)[asked.provider_id]
    asked.refuse(reason, text, part, now)
    announce_plan(session, plan, plan_refused(asked, contracts_of(content, asked.provider_id)))
    loss = Loss(RerouteCause.PLAN_REFUSED)
    for service in rerouted_by(asked, plan.services):
        count_refusal(session, service.id, asked.id, 0, now=now)
        reroute_service(session, plan, service, loss, by=caller.subject, rules=rules, now=now, new_id=new_id)
    ask_for_acknowledgements(session, plan, rules=rules, now=now, new_id=new_id)
    conclude_change(session, plan, now=now)
    return asked
