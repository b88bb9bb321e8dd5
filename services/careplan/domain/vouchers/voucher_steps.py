"""What a voucher's state means for the planned service it funds (PROCESS-A7, PROCESS-A9, PROCESS-A15, process E)."""

from enum import StrEnum
from uuid import UUID

from services.careplan.domain.neighbours.copies import VoucherCopy
from services.careplan.domain.plans.plan_service import HELD, WITHOUT_PROVIDER, PlanService, PlanServiceState
from services.kernel.care import Arrangement


class Step(StrEnum):
    """One change of a planned service that follows from its voucher."""

    LINK = "LINK"
    UNLINK = "UNLINK"
    ASSIGN = "ASSIGN"
    UNASSIGN = "UNASSIGN"
    REROUTE = "REROUTE"
    COMPLETE = "COMPLETE"
    CANCEL = "CANCEL"


ENDED_UNUSED = ("EXPIRED", "REVOKED")


def steps(service: PlanService, voucher: VoucherCopy, barred: UUID | None = None) -> list[Step]:
    """The changes that bring a planned service in line with the newest state of its voucher, in order; maybe none.

    They depend on that state alone, not on the facts that led to it, so facts may be missed, repeated or late.
    `barred` is a provider that refused the plan: the voucher still names it, the service does not get it back.
    """
    if not follows(service, voucher):
        return []
    linked = service.voucher_id == voucher.voucher_id
    if voucher.state == "REFUSED":
        return [*_off(service), *([Step.UNLINK] if linked else [])]
    found = [] if linked else [Step.LINK]
    if voucher.chosen and voucher.provider_id != barred:
        found += _on(service, voucher)
    elif voucher.state == "ISSUED":
        found += _off(service)
    elif voucher.state == "REROUTING" and service.state in HELD:
        found.append(Step.REROUTE)
    if voucher.state == "SETTLED":
        found.append(Step.COMPLETE if _served(service, found) else Step.CANCEL)
    elif voucher.state in ENDED_UNUSED:
        found.append(Step.CANCEL)
    return found


def follows(service: PlanService, voucher: VoucherCopy) -> bool:
    """Whether the voucher has a say in the service: it may fund it, and no other does."""
    other = service.voucher_id not in (None, voucher.voucher_id)
    over = service.done or service.arrangement is not Arrangement.VOUCHER
    return not (over or other or voucher.state == "DRAFT")


def _off(service: PlanService) -> list[Step]:
    """No provider is chosen: the one on the service is taken off."""
    return [Step.UNASSIGN] if service.state in HELD else []


def _on(service: PlanService, voucher: VoucherCopy) -> list[Step]:
    """The chosen provider is on the service, and no other."""
    if service.state in WITHOUT_PROVIDER:
        return [Step.ASSIGN]
    if service.state in HELD and service.provider_id != voucher.provider_id:
        return [Step.UNASSIGN, Step.ASSIGN]
    return []


def _served(service: PlanService, found: list[Step]) -> bool:
    """Whether a provider is, was or will be on the service by these steps."""
    return Step.ASSIGN in found or service.state is not PlanServiceState.AWAITING_CHOICE
