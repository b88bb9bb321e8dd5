"""What a voucher's state means for the planned service it funds (A7, A9, A15, saga E)."""

from enum import StrEnum

from services.careplan.domain.neighbours import KnownVoucher
from services.careplan.domain.plan_service import WITH_PROVIDER, PlanService, PlanServiceStatus
from services.careplan.domain.terms import Arrangement


class Step(StrEnum):
    """One change of a planned service that follows from its voucher."""

    LINK = "LINK"
    UNLINK = "UNLINK"
    ASSIGN = "ASSIGN"
    UNASSIGN = "UNASSIGN"
    COMPLETE = "COMPLETE"
    CANCEL = "CANCEL"


ENDED_UNUSED = ("EXPIRED", "REVOKED")


def steps(service: PlanService, voucher: KnownVoucher) -> list[Step]:
    """The changes that bring a planned service in line with the newest state of its voucher, in order; maybe none.

    They depend on that state alone, not on which facts told it, so facts may be missed, repeated or late.
    """
    other = service.voucher_id not in (None, voucher.voucher_id)
    if service.done or service.arrangement is not Arrangement.VOUCHER or other or voucher.status == "DRAFT":
        return []
    linked = service.voucher_id == voucher.voucher_id
    if voucher.status == "REFUSED":
        return [*_off(service), *([Step.UNLINK] if linked else [])]
    found = [] if linked else [Step.LINK]
    if voucher.chosen:
        found += _on(service, voucher)
    elif voucher.status == "ISSUED":
        found += _off(service)
    if voucher.status == "SETTLED":
        found.append(Step.COMPLETE)
    elif voucher.status in ENDED_UNUSED:
        found.append(Step.CANCEL)
    return found


def _off(service: PlanService) -> list[Step]:
    """Nobody is chosen: whoever is on the service is taken off."""
    return [Step.UNASSIGN] if service.status in WITH_PROVIDER else []


def _on(service: PlanService, voucher: KnownVoucher) -> list[Step]:
    """The chosen provider is on the service, and nobody else."""
    if service.status in (PlanServiceStatus.AWAITING_CHOICE, PlanServiceStatus.REROUTE):
        return [Step.ASSIGN]
    if service.status in WITH_PROVIDER and service.provider_id != voucher.provider_id:
        return [Step.UNASSIGN, Step.ASSIGN]
    return []
