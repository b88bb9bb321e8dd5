"""What is refused about appeals and changes of decisions, as in refusals.py."""

from services.client.domain.refusals import Refusal


class AppealTooLate(Refusal):
    """The time to appeal is over."""

    reason = "APPEAL_TOO_LATE"
    rule = "3.2"
    legal_basis = "Social Welfare Act (1301/2014) 50 §; Administrative Procedure Act (434/2003) 49 c §"

    def __init__(self) -> None:
        super().__init__("the last day to appeal is over")


class ChangeBackDated(Refusal):
    """A change takes nothing away for days before it counts, nor for days that are over."""

    reason = "CHANGE_BACK_DATED"
    rule = "3.2"
    legal_basis = "Administrative Procedure Act (434/2003) 6 §"

    def __init__(self) -> None:
        super().__init__("what was granted for the days before the change stays granted: it counts from today or later")
