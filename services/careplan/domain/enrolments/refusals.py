"""Refusals of the items of packages."""

from services.kernel.refusal import Refusal


class OpenPlanMissing(Refusal):
    """The client has no plan that can take the services of a package."""

    reason = "OPEN_PLAN_MISSING"
    rule = "PROCESS-B3"
