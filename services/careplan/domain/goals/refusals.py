"""Refusals of measurements."""

from services.kernel.refusal import Refusal


class MeasuredInFuture(Refusal):
    """The day of a measurement is still to come."""

    reason = "MEASURED_IN_FUTURE"
    rule = "GOAL-2"
