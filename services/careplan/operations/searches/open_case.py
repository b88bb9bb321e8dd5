"""Opening the search for another provider, once (PROCESS-C3)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.careplan.domain.neighbours.copies import VoucherCopy
from services.careplan.domain.plans.plan import Plan
from services.careplan.domain.plans.plan_service import PlanService
from services.careplan.domain.rules import Rules
from services.careplan.domain.searches.reroute_case import Loss, RerouteCase, RerouteCause, due_day
from services.careplan.operations.changes.announce_case import OPENED, announce_case
from services.careplan.storage.neighbours.providers import find_catalogue_entries
from services.careplan.storage.searches import reroute_cases
from services.chassis.clock import helsinki_date
from services.chassis.weekdays import FINLAND


@dataclass(frozen=True)
class About:
    """What is searched for: a planned service, or a voucher without a plan; the subject is the one or the other."""

    client_id: UUID
    service_code: str
    subject_id: UUID
    plan_id: UUID | None
    plan_service_id: UUID | None
    voucher_id: UUID | None


def about_service(plan: Plan, service: PlanService, voucher_id: UUID | None = None) -> About:
    """A planned service, with the voucher that funds it."""
    funded_by = service.voucher_id or voucher_id
    return About(plan.client_id, service.service_code, service.id, plan.id, service.id, funded_by)


def about_voucher(voucher: VoucherCopy) -> About:
    """A voucher of a client without a plan."""
    return About(voucher.client_id, voucher.service_code, voucher.voucher_id, None, None, voucher.voucher_id)


def open_case(
    session: Session, about: About, loss: Loss, *, rules: Rules, now: datetime, new_id: Callable[[], UUID]
) -> None:
    """Open a search unless there is one, or this very loss started one; the caller holds what it is about.

    A search that was under way before the news of the loss learns from it when the old provider stops.
    """
    known = reroute_cases.searching_for(session, about.subject_id)
    if known is not None:
        known.learn(loss, now)
        return
    if loss.started and about.voucher_id and reroute_cases.started_by(session, about.voucher_id, loss.started):
        return
    entry = find_catalogue_entries(session, [about.service_code]).get(about.service_code)
    today = helsinki_date(now)
    case = RerouteCase(
        id=new_id(),
        client_id=about.client_id,
        plan_id=about.plan_id,
        plan_service_id=about.plan_service_id,
        voucher_id=about.voucher_id,
        service_code=about.service_code,
        cause=loss.cause,
        old_provider_id=loss.provider_id,
        old_unit_id=loss.unit_id,
        old_contract_id=loss.contract_id,
        cut_off=loss.cut_off,
        started=loss.started,
        barred_provider_id=loss.provider_id if loss.cause is RerouteCause.PLAN_REFUSED else None,
        opened_on=today,
        due=due_day(today, entry.known_unit if entry else None, FINLAND, rules),
        created_at=now,
        updated_at=now,
        refusals=reroute_cases.refusals_of(session, about.subject_id),
    )
    session.add(case)
    session.flush()
    announce_case(session, case, OPENED, now=now)
    if reroute_cases.supported_since(session, case):
        case.take("guide", now=now)
        announce_case(session, case, "guide", now=now)
