"""Refusals of measurements."""

from services.kernel.refusal import Refusal


class MeasuredInFuture(Refusal):
    """A goal is measured on the day it is told for, or later."""

    reason = "MEASURED_IN_FUTURE"
    rule = "GOAL-2"
