"""The chosen centre or dental unit delivers the planned services of direct choice that have lost theirs (C10)."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from services.careplan.domain.lines import check_provider, find_contract
from services.careplan.domain.minor_version import assign_provider
from services.careplan.domain.neighbours import KnownDirectChoice
from services.careplan.domain.plan import Plan
from services.careplan.domain.plan_service import PlanService, PlanServiceStatus
from services.careplan.domain.refusals import Refusal
from services.careplan.domain.terms import Arrangement
from services.careplan.operations.bring_minor_version import bring_minor_version
from services.careplan.storage import neighbours
from services.chassis.clock import helsinki_date
from sote.careplan.v1.events_pb2 import PlanProviderAssigned

ACTOR = "client"


def assign_direct_choices(session: Session, plan: Plan, *, now: datetime) -> bool:
    """Put whom the client chose on what they can deliver; tells whether anything changed. The caller concludes."""
    waiting = [
        one
        for one in plan.services
        if one.arrangement is Arrangement.DIRECT_CHOICE and one.status is PlanServiceStatus.REROUTE
    ]
    choices = neighbours.direct_choices(session, plan.client_id) if waiting else []
    assigned = [_assigned(session, plan, service, choice, now) for service in waiting for choice in choices]
    return any(assigned)


def _assigned(session: Session, plan: Plan, service: PlanService, choice: KnownDirectChoice, now: datetime) -> bool:
    """Assign the service if the chosen provider has a contract in force for it; tells whether it did."""
    if service.status is not PlanServiceStatus.REROUTE:
        return False
    line = replace(service.line(), provider_id=choice.provider_id, unit_id=choice.unit_id)
    try:
        check_provider(line, neighbours.provider(session, choice.provider_id))
        contracts = neighbours.contracts_of(session, [choice.provider_id])
        contract_id = find_contract(line, contracts, helsinki_date(now)).contract_id
    except Refusal:
        return False
    assign_provider(
        plan, service, provider_id=choice.provider_id, unit_id=choice.unit_id, contract_id=contract_id, now=now
    )
    bring_minor_version(session, plan, PlanProviderAssigned(plan_service_id=str(service.id)), by=ACTOR, now=now)
    return True
