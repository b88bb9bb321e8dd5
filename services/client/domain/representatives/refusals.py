"""What is refused about representatives."""

from services.kernel.refusal import Refusal


class SelfRepresented(Refusal):
    """The representative is the client."""

    reason = "SELF_REPRESENTED"
    rule = "REPRESENTATIVE-1"


class RepresentationPeriod(Refusal):
    """It would end before it begins."""

    reason = "REPRESENTATION_PERIOD"
    rule = "REPRESENTATIVE-1"
    field = "to_date"


class RepresentativeExists(Refusal):
    """The same person stands for the client already in this way."""

    reason = "REPRESENTATIVE_EXISTS"
    rule = "REPRESENTATIVE-1"
    resource_type = "sote.client.v1.Representative"
