"""The chosen centre or dental unit delivers the planned services of direct choice (PLAN-1, PROCESS-C10)."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from services.careplan.domain.neighbours.copies import DirectChoiceCopy
from services.careplan.domain.plan_versions.minor_version import assign_provider, unassign_provider
from services.careplan.domain.plans.line_rules import check_provider, contract_covering
from services.careplan.domain.plans.plan import Plan
from services.careplan.domain.plans.plan_service import HELD, PlanService, PlanServiceState
from services.careplan.operations.pauses.end_pause import end_pause
from services.careplan.operations.plan_versions.bring_minor_version import bring_minor_version
from services.careplan.storage.neighbours.clients import direct_choices_of
from services.careplan.storage.neighbours.providers import contracts_of, find_provider
from services.chassis.clock import helsinki_date
from services.kernel.care import Arrangement
from services.kernel.refusal import Refusal
from sote.careplan.v1.events_pb2 import PlanProviderAssigned, PlanProviderUnassigned

ACTOR = "client"


def assign_direct_choices(session: Session, plan: Plan, *, now: datetime) -> bool:
    """Assign the chosen provider to services that lost theirs or still have a former choice.

    Only what the chosen provider has a contract for passes over; returns whether anything did. The caller concludes.
    """
    by_choice = [each for each in plan.services if each.arrangement is Arrangement.DIRECT_CHOICE and not each.done]
    choices = direct_choices_of(session, plan.client_id) if by_choice else []
    chosen = [choice for choice in choices if choice.ended_date is None]
    former = {choice.provider_id for choice in choices} - {choice.provider_id for choice in chosen}
    changed = False
    for service in by_choice:
        lost = service.state is PlanServiceState.REROUTE
        if lost or (service.state in HELD and service.provider_id in former):
            changed = any(_passed(session, plan, service, choice, now) for choice in chosen) or changed
    return changed


def _passed(session: Session, plan: Plan, service: PlanService, choice: DirectChoiceCopy, now: datetime) -> bool:
    """Pass the service to the chosen provider if its contract carries it; returns whether it did."""
    line, today = replace(service.line(), provider_id=choice.provider_id, unit_id=choice.unit_id), helsinki_date(now)
    try:
        check_provider(line, find_provider(session, choice.provider_id))
        contract = contract_covering(line, contracts_of(session, [choice.provider_id]), today)
    except Refusal:
        return False
    service_id = str(service.id)
    if service.state in HELD:
        end_pause(session, plan, service, today)
        unassign_provider(plan, service, now=now)
        bring_minor_version(session, plan, PlanProviderUnassigned(plan_service_id=service_id), by=ACTOR, now=now)
    whom = {"provider_id": choice.provider_id, "unit_id": choice.unit_id, "contract_id": contract.contract_id}
    assign_provider(plan, service, **whom, now=now)
    bring_minor_version(session, plan, PlanProviderAssigned(plan_service_id=service_id), by=ACTOR, now=now)
    return True
