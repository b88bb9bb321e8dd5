"""What is refused about deadlines, as in refusals.py."""

from services.client.domain.refusals import Refusal


class DeadlineEnded(Refusal):
    """The limit ended already."""

    reason = "DEADLINE_ENDED"
    rule = "LIMIT-5"

    def __init__(self) -> None:
        super().__init__("the limit ended already: its milestone was reached, or the matter fell away")


class DeadlineNotByHand(Refusal):
    """The limit ends by the act it waits for."""

    reason = "DEADLINE_NOT_BY_HAND"
    rule = "LIMIT-5"

    def __init__(self) -> None:
        super().__init__("start, complete or cancel the assessment: the limit ends by that")
