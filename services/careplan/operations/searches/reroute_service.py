"""A planned service loses its provider and another is sought (PROCESS-C3)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.careplan.domain.plan_versions.minor_version import lose_provider
from services.careplan.domain.plans.plan import Plan
from services.careplan.domain.plans.plan_service import PlanService
from services.careplan.domain.rules import Rules
from services.careplan.domain.searches.reroute_case import Loss
from services.careplan.operations.pauses.end_pause import end_pause
from services.careplan.operations.plan_versions.bring_minor_version import bring_minor_version
from services.careplan.operations.searches.open_case import about_service, open_case
from services.chassis.clock import helsinki_date
from sote.careplan.v1.events_pb2 import PlanProviderUnassigned


def reroute_service(
    session: Session,
    plan: Plan,
    service: PlanService,
    loss: Loss,
    *,
    by: str,
    rules: Rules,
    now: datetime,
    new_id: Callable[[], UUID],
) -> None:
    """Take the provider off by a MINOR version and open the search; the caller asks for promises and concludes."""
    lost = replace(loss, provider_id=service.provider_id, unit_id=service.unit_id, contract_id=service.contract_id)
    end_pause(session, plan, service, loss.cut_off or helsinki_date(now))
    lose_provider(plan, service, now=now)
    bring_minor_version(session, plan, PlanProviderUnassigned(plan_service_id=str(service.id)), by=by, now=now)
    open_case(session, about_service(plan, service), lost, rules=rules, now=now, new_id=new_id)
