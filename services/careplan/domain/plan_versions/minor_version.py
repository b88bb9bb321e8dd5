"""How services of a plan in force gain, change and lose their providers: each is a MINOR version
(PLAN-9, process C)."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from services.careplan.domain.plans.content import ServiceLine
from services.careplan.domain.plans.plan import Plan
from services.careplan.domain.plans.plan_service import PlanService
from services.kernel.care import Arrangement


def assign_provider(
    plan: Plan,
    service: PlanService,
    *,
    provider_id: UUID,
    unit_id: UUID | None,
    contract_id: UUID | None,
    now: datetime,
) -> None:
    """Put a provider on a service that has none."""
    plan.require("assign_provider")
    service.take("assign")
    _step(
        plan, service, replace(service.line(), provider_id=provider_id, unit_id=unit_id, contract_id=contract_id), now
    )


def unassign_provider(plan: Plan, service: PlanService, *, now: datetime) -> None:
    """Take the provider off a service, which awaits a choice again."""
    plan.require("unassign_provider")
    service.take("unassign")
    _step(plan, service, _without_provider(service), now)


def lose_provider(plan: Plan, service: PlanService, *, now: datetime) -> None:
    """The provider is lost, another is sought (PROCESS-C3)."""
    plan.require("unassign_provider")
    service.take("reroute")
    _step(plan, service, _without_provider(service), now)


def arrange_otherwise(plan: Plan, service: PlanService, line: ServiceLine, *, now: datetime) -> None:
    """The county arranges the service by itself: own production or a purchase, no voucher (PROCESS-C7, PROCESS-A7)."""
    plan.require("assign_provider")
    service.take("assign")
    service.voucher_id = None
    _step(plan, service, line, now)


def rest_on(plan: Plan, service: PlanService, contract_id: UUID, *, now: datetime) -> None:
    """The provider serves by another contract from now on, which changes no promise."""
    plan.require("assign_provider")
    _step(plan, service, replace(service.line(), contract_id=contract_id), now)


def remove_items(plan: Plan, enrolment_id: UUID, linked: Collection[UUID], *, now: datetime) -> bool:
    """The package came to nothing: its services are cancelled, what was `linked` to it stays. Whether any changed.

    A service that a voucher funds is cancelled when its voucher is revoked (PROCESS-B5).
    """
    changed = False
    for service in plan.services:
        if service.enrolment_id != enrolment_id or service.done:
            continue
        if service.id in linked:
            service.enrolment_id, service.item_code, changed = None, "", True
        elif service.voucher_id is None:
            service.take("cancel")
            changed = True
    if changed:
        plan.minor, plan.activated_at = plan.minor + 1, now
    return changed


def _without_provider(service: PlanService) -> ServiceLine:
    return replace(service.line(), provider_id=None, unit_id=None, contract_id=None)


def _step(plan: Plan, service: PlanService, line: ServiceLine, now: datetime) -> None:
    """The next version; a review under way goes on with it, unless its operator chose another provider there."""
    before = service.line()
    service.set_line(line)
    plan.minor, plan.activated_at = plan.minor + 1, now
    drawn = plan.draft.line(line.plan_service_id) if plan.draft is not None else None
    if plan.draft is not None and drawn is not None and _whom(drawn) == _whom(before):
        changed = replace(
            drawn,
            arrangement=line.arrangement,
            provider_id=line.provider_id,
            unit_id=line.unit_id,
            contract_id=line.contract_id,
        )
        plan.draft = plan.draft.with_line(changed)


def _whom(line: ServiceLine) -> tuple[Arrangement, UUID | None, UUID | None]:
    """How a service is arranged, by whom and where."""
    return line.arrangement, line.provider_id, line.unit_id
