"""A provider stops mid-way, or the client wants another one (PROCESS-E5)."""

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.careplan.domain.plans.refusals import PlanServiceUnknown
from services.careplan.domain.rules import Rules
from services.careplan.domain.searches.refusals import VoucherDecides
from services.careplan.domain.searches.reroute_case import Loss, RerouteCase, RerouteCause
from services.careplan.operations.acknowledgements.ask_for_acknowledgements import ask_for_acknowledgements
from services.careplan.operations.changes.conclude_change import conclude_change
from services.careplan.operations.plans.load_plan import load_plan
from services.careplan.operations.searches.reroute_service import reroute_service
from services.careplan.storage.searches import reroute_cases
from services.chassis.clock import helsinki_date
from services.chassis.identity import Caller
from services.kernel.care import Arrangement


def start_reroute(
    session: Session,
    *,
    plan_id: UUID,
    etag: str,
    plan_service_id: UUID,
    cause: RerouteCause,
    cut_off: date | None,
    rules: Rules,
    caller: Caller,
    now: datetime,
    new_id: Callable[[], UUID],
) -> RerouteCase:
    """Take the provider off a service that is not by voucher and seek another; `cut_off` (None: today) is its first
    day without it. A voucher re-routes its service itself (VOUCHER-9)."""
    plan = load_plan(session, plan_id=plan_id, etag=etag, caller=caller, county_too=True)
    plan.require("unassign_provider")
    service = plan.service(plan_service_id)
    if service.arrangement is Arrangement.VOUCHER:
        raise VoucherDecides("a service by voucher gets another provider by its voucher")
    loss = Loss(cause, cut_off=cut_off or helsinki_date(now))
    reroute_service(session, plan, service, loss, by=caller.subject, rules=rules, now=now, new_id=new_id)
    ask_for_acknowledgements(session, plan, rules=rules, now=now, new_id=new_id)
    conclude_change(session, plan, now=now)
    case = reroute_cases.searching_for(session, service.id)
    if case is None:
        raise PlanServiceUnknown("the planned service has no search for another provider")
    return case
