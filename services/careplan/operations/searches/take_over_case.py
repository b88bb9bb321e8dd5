"""The county arranges a service itself because no provider was found, or the client wants no voucher
(PROCESS-C7, PROCESS-A7)."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.careplan.domain.plan_versions.minor_version import arrange_otherwise
from services.careplan.domain.plans.plan import Plan
from services.careplan.domain.plans.plan_service import PlanService
from services.careplan.domain.rules import Rules
from services.careplan.domain.searches.refusals import NewProviderRequired
from services.careplan.domain.searches.reroute_case import RerouteCase
from services.careplan.operations.acknowledgements.ask_for_acknowledgements import ask_for_acknowledgements
from services.careplan.operations.changes.conclude_change import conclude_change
from services.careplan.operations.changes.follow_cases import move_case
from services.careplan.operations.plan_versions.bring_minor_version import bring_minor_version
from services.careplan.operations.plans.check_line import check_line
from services.careplan.operations.plans.publish_plan_section import publish_plan_section
from services.careplan.operations.searches.load_search import load_search
from services.careplan.storage.neighbours.providers import find_catalogue_entries
from services.chassis.clock import helsinki_date
from services.chassis.identity import Caller
from services.kernel.care import Arrangement
from sote.careplan.v1.events_pb2 import PlanProviderAssigned


@dataclass(frozen=True)
class Arranged:
    """How the service is arranged from now on, and by whom it is delivered."""

    arrangement: Arrangement
    provider_id: UUID | None
    unit_id: UUID | None


def take_over_case(
    session: Session,
    *,
    case_id: UUID,
    etag: str,
    arranged: Arranged,
    rules: Rules,
    caller: Caller,
    now: datetime,
    new_id: Callable[[], UUID],
) -> RerouteCase:
    """End the search: the planned service becomes own production or a purchase by a MINOR version, without its voucher.

    The voucher service revokes the voucher when the fact arrives. A voucher without a plan leaves no line to change.
    """
    plan, case = load_search(session, case_id=case_id, etag=etag, caller=caller)
    case.require("take_over")
    if plan is None or case.plan_service_id is None:
        move_case(session, case, "take_over", now=now)
        publish_plan_section(session, client_id=case.client_id, now=now)
        return case
    _arrange(session, plan, plan.service(case.plan_service_id), arranged, caller.subject, now)
    move_case(session, case, "take_over", now=now)
    ask_for_acknowledgements(session, plan, rules=rules, now=now, new_id=new_id)
    conclude_change(session, plan, now=now)
    return case


def _arrange(session: Session, plan: Plan, service: PlanService, arranged: Arranged, by: str, now: datetime) -> None:
    """The line as it is from now on, checked like any other."""
    if arranged.provider_id is None:
        raise NewProviderRequired("who takes the planned service over says by which provider it is delivered")
    line = replace(service.line(), **vars(arranged))
    entry = find_catalogue_entries(session, [line.service_code]).get(line.service_code)
    line = check_line(session, line, entry=entry, today=helsinki_date(now))
    arrange_otherwise(plan, service, line, now=now)
    bring_minor_version(session, plan, PlanProviderAssigned(plan_service_id=str(service.id)), by=by, now=now)
