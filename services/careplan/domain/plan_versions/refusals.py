"""Refusals about versions."""

from services.careplan.domain.refusals import Refusal


class PlanVersionUnknown(Refusal):
    """The plan has no such version."""

    reason = "PLAN_VERSION_UNKNOWN"
    rule = "INV-24"
    resource_type = "sote.careplan.v1.PlanVersion"
