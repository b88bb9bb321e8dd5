"""A provider's acknowledgement of a plan (PLAN-7, S1.30)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.careplan.domain.acknowledgements.acknowledgement import Acknowledgement, fully_acknowledged
from services.careplan.domain.acknowledgements.refusals import AcknowledgementOutdated
from services.careplan.domain.plans.plan_service import PlanServiceState
from services.careplan.operations.acknowledgements.load_acknowledgement import load_acknowledgement
from services.careplan.operations.changes.conclude_change import conclude_change
from services.careplan.operations.plans.announce_plan import announce_plan
from services.careplan.storage.acknowledgements import acknowledgements_of
from services.careplan.wire.facts import plan_acknowledged, plan_fully_acknowledged
from services.chassis.identity import Caller


def acknowledge_plan(
    session: Session, *, plan_id: UUID, version: tuple[int, int] | None, caller: Caller, now: datetime
) -> Acknowledgement:
    """Promise, for the caller's organisation, to follow its part of the plan; the last one makes the plan complete."""
    plan, asked = load_acknowledgement(session, plan_id=plan_id, caller=caller)
    plan.take("acknowledge")
    if version not in (None, (asked.major, asked.minor)):
        raise AcknowledgementOutdated(
            f"the acknowledgement is asked for version {asked.major}.{asked.minor}; read the plan again"
        )
    asked.acknowledge(now)
    for service in plan.services:
        if service.provider_id == asked.provider_id and service.state is PlanServiceState.ASSIGNED:
            service.take("acknowledge")
    announce_plan(session, plan, plan_acknowledged(asked))
    given = acknowledgements_of(session, plan.id)
    if fully_acknowledged(plan.in_force(), plan.operator_organisation_id, given, plan.done_services()):
        announce_plan(session, plan, plan_fully_acknowledged(plan))
    conclude_change(session, plan, now=now)
    return asked
