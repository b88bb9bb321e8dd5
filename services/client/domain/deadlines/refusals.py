"""What is refused about deadlines, as in refusals.py."""

from services.kernel.refusal import Refusal


class DeadlineEnded(Refusal):
    """The limit ended already."""

    reason = "DEADLINE_ENDED"
    rule = "LIMIT-5"


class DeadlineNotByHand(Refusal):
    """The limit ends by the act it waits for."""

    reason = "DEADLINE_NOT_BY_HAND"
    rule = "LIMIT-5"
