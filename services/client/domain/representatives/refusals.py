"""What is refused about representatives."""

from services.client.domain.refusals import Refusal


class SelfRepresented(Refusal):
    """The representative is the client."""

    reason = "SELF_REPRESENTED"
    rule = "REPRESENTATIVE-1"

    def __init__(self) -> None:
        super().__init__("nobody represents themselves")


class RepresentationPeriod(Refusal):
    """It would end before it begins."""

    reason = "REPRESENTATION_PERIOD"
    rule = "REPRESENTATIVE-1"
    field = "to_date"

    def __init__(self) -> None:
        super().__init__("the last day lies before the first")


class RepresentativeExists(Refusal):
    """The same person stands for the client already in this way."""

    reason = "REPRESENTATIVE_EXISTS"
    rule = "REPRESENTATIVE-1"
    resource_type = "sote.client.v1.Representative"

    def __init__(self) -> None:
        super().__init__("this client stands for the other one already in this way")
