"""What is refused about assessments, decisions and guidance, as in refusals.py."""

from services.client.domain.refusals import Refusal


class AssessorNotAllowed(Refusal):
    """Only the county enterprise makes needs assessments."""

    reason = "ASSESSOR_NOT_ALLOWED"
    rule = "S2.16"

    def __init__(self) -> None:
        super().__init__("only the county enterprise makes needs assessments")


class TeamNotActive(Refusal):
    """The team does not fulfil the composition rule."""

    reason = "TEAM_NOT_ACTIVE"
    rule = "INV-17"

    def __init__(self) -> None:
        super().__init__("the team is not active: it needs a social worker and another social-care professional")


class OutsideArea(Refusal):
    """A team that moves visits the municipalities of its area; others do not move."""

    reason = "OUTSIDE_AREA"
    rule = "S1.21"

    def __init__(self) -> None:
        super().__init__("the team does not move, or the visit is outside its area")


class LeadNotInTeam(Refusal):
    """Who leads an assessment is a member of its team."""

    reason = "LEAD_NOT_IN_TEAM"
    rule = "ASSESSMENT-2"

    def __init__(self) -> None:
        super().__init__("the lead is not a member of the team today")


class AssessmentOpen(Refusal):
    """The client has an assessment under way."""

    reason = "ASSESSMENT_OPEN"
    rule = "ASSESSMENT-1"
    resource_type = "sote.client.v1.Assessment"

    def __init__(self, name: str = "") -> None:
        super().__init__("the client has an assessment under way")
        self.resource_name = name


class AssessmentRecent(Refusal):
    """A completed assessment is recent; it is used again unless the repetition is justified."""

    reason = "ASSESSMENT_RECENT"
    rule = "S1.09"

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is recent: use it, or tell why the assessment is repeated")


class ContactOfAnotherClient(Refusal):
    """The contact concerns another client."""

    reason = "CONTACT_OF_ANOTHER_CLIENT"
    rule = "ASSESSMENT-1"

    def __init__(self) -> None:
        super().__init__("the contact concerns another client")


class AssessmentIncomplete(Refusal):
    """Something an assessment must hold is missing."""

    reason = "ASSESSMENT_INCOMPLETE"
    rule = "S1.08"
    legal_basis = "Social Welfare Act (1301/2014) 37 §"

    def __init__(self, what: str) -> None:
        super().__init__(f"the assessment is incomplete: {what}")


class SectorNotCovered(Refusal):
    """Needs of a sector that no participant belongs to."""

    reason = "SECTOR_NOT_COVERED"
    rule = "S1.10"

    def __init__(self, sector: str) -> None:
        super().__init__(f"there are needs of the {sector} sector, and nobody of it takes part")


class ServiceUnknown(Refusal):
    """Not in the county's catalogue."""

    reason = "SERVICE_UNKNOWN"
    rule = "ASSESSMENT-4"

    def __init__(self, code: str) -> None:
        super().__init__(f"the service {code} is not in the catalogue")


class ArrangementNotAllowed(Refusal):
    """The catalogue does not arrange the service so."""

    reason = "ARRANGEMENT_NOT_ALLOWED"
    rule = "ASSESSMENT-4"

    def __init__(self, code: str, arrangement: str) -> None:
        super().__init__(f"the catalogue does not arrange {code} as {arrangement}")


class PeriodInvalid(Refusal):
    """A period is missing or ends before it begins."""

    reason = "PERIOD_INVALID"
    rule = "ASSESSMENT-4"
    field = "to_date"

    def __init__(self) -> None:
        super().__init__("a period needs its first and last day, in this order")
