"""A provider's refusal of a plan (P8)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.careplan.domain.acknowledgement import Acknowledgement, RefusalReason
from services.careplan.operations.acknowledge_plan import asked_of
from services.careplan.operations.announce_plan import announce_plan
from services.careplan.operations.conclude_change import conclude_change
from services.careplan.wire.facts import plan_refused
from services.chassis.identity import Caller


def refuse_plan(
    session: Session, *, plan_id: UUID, reason: RefusalReason, text: str, caller: Caller, now: datetime
) -> Acknowledgement:
    """Refuse for the caller's organisation; the service stays with it until it is re-routed (saga E)."""
    plan, asked = asked_of(session, plan_id=plan_id, caller=caller)
    plan.take("refuse")
    part = plan.in_force().parts(plan.operator_organisation_id)[asked.provider_id]
    asked.refuse(reason, text, part, now)
    announce_plan(session, plan, plan_refused(asked))
    conclude_change(session, plan, now=now)
    return asked
