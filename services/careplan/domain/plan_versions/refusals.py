"""Refusals about versions."""

from services.kernel.refusal import Refusal


class PlanVersionUnknown(Refusal):
    """The plan has no such version."""

    reason = "PLAN_VERSION_UNKNOWN"
    rule = "REFUSAL-4"
    resource_type = "sote.careplan.v1.PlanVersion"
