"""What is refused about assessments, decisions and guidance, as in refusals.py."""

from services.kernel.refusal import Refusal


class AssessorNotAllowed(Refusal):
    """Only the county enterprise makes needs assessments."""

    reason = "ASSESSOR_NOT_ALLOWED"
    rule = "S2.16"


class TeamNotActive(Refusal):
    """The team does not fulfil the composition rule."""

    reason = "TEAM_NOT_ACTIVE"
    rule = "INV-17"


class OutsideArea(Refusal):
    """A team that moves visits the municipalities of its area; others do not move."""

    reason = "OUTSIDE_AREA"
    rule = "S1.21"


class LeadNotInTeam(Refusal):
    """Who leads an assessment is a member of its team."""

    reason = "LEAD_NOT_IN_TEAM"
    rule = "ASSESSMENT-2"


class AssessmentOpen(Refusal):
    """The client has an assessment under way."""

    reason = "ASSESSMENT_OPEN"
    rule = "ASSESSMENT-1"
    resource_type = "sote.client.v1.Assessment"

    def __init__(self, sentence: str, name: str = "") -> None:
        super().__init__(sentence)
        self.resource_name = name


class AssessmentRecent(Refusal):
    """A completed assessment is recent; it is used again unless the repetition is justified."""

    reason = "ASSESSMENT_RECENT"
    rule = "S1.09"


class ContactOfAnotherClient(Refusal):
    """The contact concerns another client."""

    reason = "CONTACT_OF_ANOTHER_CLIENT"
    rule = "ASSESSMENT-1"


class AssessmentIncomplete(Refusal):
    """Something an assessment must hold is missing."""

    reason = "ASSESSMENT_INCOMPLETE"
    rule = "S1.08"
    legal_basis = "Social Welfare Act (1301/2014) 37 §"


class SectorNotCovered(Refusal):
    """Needs of a sector that no participant belongs to."""

    reason = "SECTOR_NOT_COVERED"
    rule = "S1.10"


class ServiceUnknown(Refusal):
    """Not in the county's catalogue."""

    reason = "SERVICE_UNKNOWN"
    rule = "ASSESSMENT-4"


class ArrangementNotAllowed(Refusal):
    """The catalogue does not arrange the service so."""

    reason = "ARRANGEMENT_NOT_ALLOWED"
    rule = "ASSESSMENT-4"


class PeriodInvalid(Refusal):
    """A period is missing or ends before it begins."""

    reason = "PERIOD_INVALID"
    rule = "ASSESSMENT-4"
    field = "to_date"
