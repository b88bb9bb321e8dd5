"""Refusals of acknowledgements."""

from services.kernel.refusal import Refusal


class AcknowledgementNotAsked(Refusal):
    """No acknowledgement is asked of the caller's organisation."""

    reason = "ACKNOWLEDGEMENT_NOT_ASKED"
    rule = "S1.30"


class AcknowledgementOutdated(Refusal):
    """The acknowledgement is asked on another version; read the plan again."""

    reason = "ACKNOWLEDGEMENT_OUTDATED"
    rule = "S1.30"
