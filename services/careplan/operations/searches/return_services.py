"""Planned services return to a provider whose contract carries them again before anybody else was found
(PROCESS-C9)."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.careplan.domain.plan_versions.minor_version import assign_provider
from services.careplan.domain.plans.plan_service import PlanServiceState
from services.careplan.domain.plans.plan_states import IN_FORCE
from services.careplan.domain.rules import Rules
from services.careplan.operations.acknowledgements.ask_for_acknowledgements import ask_for_acknowledgements
from services.careplan.operations.changes.conclude_change import conclude_change
from services.careplan.operations.plan_versions.bring_minor_version import bring_minor_version
from services.careplan.storage import plans
from services.careplan.storage.searches import contract_losses
from sote.careplan.v1.events_pb2 import PlanProviderAssigned

AT_ONCE = 50
ACTOR = "system"


def return_services(session: Session, *, rules: Rules, now: datetime, new_id: Callable[[], UUID]) -> None:
    """Let those by purchase, own production or direct choice stay; with a voucher the client says so (VOUCHER-10)."""
    for case in contract_losses.carried_again(session, AT_ONCE):
        plan = plans.locked(session, case.plan_id) if case.plan_id else None
        if plan is None or plan.state not in IN_FORCE or case.plan_service_id is None or case.old_provider_id is None:
            continue
        service = plan.service(case.plan_service_id)
        if service.state is PlanServiceState.REROUTE:
            assign_provider(
                plan,
                service,
                provider_id=case.old_provider_id,
                unit_id=case.old_unit_id,
                contract_id=case.old_contract_id,
                now=now,
            )
            fact = PlanProviderAssigned(plan_service_id=str(service.id))
            bring_minor_version(session, plan, fact, by=ACTOR, now=now)
            ask_for_acknowledgements(session, plan, rules=rules, now=now, new_id=new_id)
        conclude_change(session, plan, now=now)
