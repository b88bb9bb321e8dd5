"""Refusals about pauses of planned services."""

from services.kernel.refusal import Refusal


class PauseOutsidePeriod(Refusal):
    """A service rests on days on which it is planned."""

    reason = "PAUSE_OUTSIDE_PERIOD"
    rule = "PLANSERVICE-4"
    field = "from_date"


class PauseOverlaps(Refusal):
    """The service rested on that day already, and goes on since."""

    reason = "PAUSE_OVERLAPS"
    rule = "PLANSERVICE-4"


class ResumedTooEarly(Refusal):
    """A service does not go on before it began to rest."""

    reason = "RESUMED_TOO_EARLY"
    rule = "PLANSERVICE-4"
    field = "resumed_date"
