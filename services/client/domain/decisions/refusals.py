"""What is refused about appeals and changes of decisions, as in refusals.py."""

from services.kernel.refusal import Refusal


class AppealTooLate(Refusal):
    """The time to appeal is over."""

    reason = "APPEAL_TOO_LATE"
    rule = "DECISION-2"
    legal_basis = "Social Welfare Act (1301/2014) 50 §; Administrative Procedure Act (434/2003) 49 c §"


class ChangeBackDated(Refusal):
    """A change takes nothing away for days before it counts, nor for days that are over."""

    reason = "CHANGE_BACK_DATED"
    rule = "DECISION-3"
    legal_basis = "Administrative Procedure Act (434/2003) 6 §"


class OfficialRequired(Refusal):
    """Only an official of the county enterprise decides."""

    reason = "OFFICIAL_REQUIRED"
    rule = "ASSESSMENT-7"


class ServiceNotRecommended(Refusal):
    """The service is neither recommended nor applied for."""

    reason = "SERVICE_NOT_RECOMMENDED"
    rule = "ASSESSMENT-7"


class DecisionExists(Refusal):
    """The service is decided on the basis of this assessment."""

    reason = "DECISION_EXISTS"
    rule = "ASSESSMENT-7"
    resource_type = "sote.client.v1.Decision"

    def __init__(self, sentence: str, name: str = "") -> None:
        super().__init__(sentence)
        self.resource_name = name
