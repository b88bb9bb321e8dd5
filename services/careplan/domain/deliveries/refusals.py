"""Refusals about what is seen while a plan is in force: deliveries, deviations and measurements."""

from services.kernel.refusal import Refusal


class CauseRequired(Refusal):
    """A deviation is justified by a cause; the provider gave none."""

    reason = "CAUSE_REQUIRED"
    rule = "DEVIATION-2"
    field = "cause"


class OutsideArea(Refusal):
    """A mobile team visits the municipalities of its area."""

    reason = "OUTSIDE_AREA"
    rule = "S1.21"


class Duplicate(Refusal):
    """The provider recorded a delivery with this reference before."""

    reason = "DUPLICATE"
    rule = "PLAN-10"
    resource_type = "sote.careplan.v1.Delivery"


class ServiceDateInFuture(Refusal):
    """A delivery is recorded on the day of the service or later."""

    reason = "SERVICE_DATE_IN_FUTURE"
    rule = "PLAN-10"
