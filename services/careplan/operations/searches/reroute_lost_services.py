"""Planned services leave the contracts that no longer carry them (PROCESS-C1, PROCESS-C3, INV-20)."""

from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import groupby
from uuid import UUID

from sqlalchemy.orm import Session

from services.careplan.domain.plan_versions.minor_version import rest_on
from services.careplan.domain.plans.line_rules import contract_covering
from services.careplan.domain.plans.plan import Plan
from services.careplan.domain.plans.plan_service import HELD, PlanService
from services.careplan.domain.rules import Rules
from services.careplan.domain.searches.reroute_case import Loss, RerouteCause
from services.careplan.operations.acknowledgements.ask_for_acknowledgements import ask_for_acknowledgements
from services.careplan.operations.changes.conclude_change import conclude_change
from services.careplan.operations.plan_versions.bring_minor_version import bring_minor_version
from services.careplan.operations.plans.check_line import check_place
from services.careplan.operations.searches.assign_direct_choices import assign_direct_choices
from services.careplan.operations.searches.reroute_service import reroute_service
from services.careplan.storage import plans
from services.careplan.storage.neighbours.providers import contracts_of, find_provider
from services.careplan.storage.searches import contract_losses
from services.careplan.storage.searches.contract_losses import Lost
from services.chassis.clock import helsinki_date
from services.kernel.refusal import Refusal
from sote.careplan.v1.events_pb2 import PlanProviderAssigned

AT_ONCE = 50
ACTOR = "system"


def reroute_lost_services(session: Session, *, rules: Rules, now: datetime, new_id: Callable[[], UUID]) -> None:
    """Re-route what rests on a contract that no longer carries it, at most `AT_ONCE` services in one run.

    It asks for the present state, not for the fact that led to it: a version that came into force while the contract
    ended is found as well. Services by voucher leave when their voucher does (ADR 9).
    """
    for plan_id, lost in groupby(contract_losses.lost_services(session, AT_ONCE), key=lambda service: service.plan_id):
        plan = plans.locked(session, plan_id)
        if plan is not None:
            _leave(session, plan, lost, rules, now, new_id)


def _leave(
    session: Session, plan: Plan, lost: Iterable[Lost], rules: Rules, now: datetime, new_id: Callable[[], UUID]
) -> None:
    for loss_of in lost:
        service = plan.service(loss_of.plan_service_id)
        if service.state not in HELD or _goes_on(session, plan, service, now):
            continue
        loss = Loss(RerouteCause.CONTRACT, cut_off=loss_of.cut_off)
        reroute_service(session, plan, service, loss, by=ACTOR, rules=rules, now=now, new_id=new_id)
    assign_direct_choices(session, plan, now=now)
    ask_for_acknowledgements(session, plan, rules=rules, now=now, new_id=new_id)
    conclude_change(session, plan, now=now)


def _goes_on(session: Session, plan: Plan, service: PlanService, now: datetime) -> bool:
    """Whether another contract of the same provider carries the service, which then rests on that one."""
    if service.provider_id is None:
        return False
    contracts = contracts_of(session, [service.provider_id])
    others = [other for other in contracts if other.contract_id != service.contract_id]
    try:
        agreed = check_place(session, service.line(), find_provider(session, service.provider_id))
        contract = contract_covering(agreed, others, helsinki_date(now))
    except Refusal:
        return False
    rest_on(plan, service, contract.contract_id, now=now)
    bring_minor_version(session, plan, PlanProviderAssigned(plan_service_id=str(service.id)), by=ACTOR, now=now)
    return True
