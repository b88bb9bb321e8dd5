"""The needs assessment and its machine."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from uuid import UUID

from services.client.domain.assessments.checklist import Answer, check_answers, check_participants
from services.client.domain.assessments.grounds import Ground
from services.client.domain.assessments.refusals import (
    ArrangementNotAllowed,
    AssessmentIncomplete,
    LeadNotInTeam,
    OutsideArea,
    PeriodInvalid,
    ServiceUnknown,
    TeamNotActive,
)
from services.client.domain.clients.people import Category, Professional, with_others
from services.client.domain.clients.refusals import SocialWorkerRequired
from services.client.domain.deadlines.deadline import Deadline
from services.client.domain.deadlines.limits import Milestone
from services.client.domain.neighbours import CatalogueService
from services.client.domain.teams import Team, TeamState
from services.kernel.care import Arrangement, DeliveryMode, NeedDomain
from services.kernel.machine import move


class AssessmentState(Enum):
    """The states of an assessment."""

    INITIATED = "INITIATED"
    STARTED = "STARTED"
    WAITING = "WAITING"
    COMPLETED = "COMPLETED"
    CANCELLED = "CANCELLED"
    SUPERSEDED = "SUPERSEDED"


_S = AssessmentState
UNDER_WAY = (_S.INITIATED, _S.STARTED, _S.WAITING)
TRANSITIONS: dict[tuple[AssessmentState, str], AssessmentState] = {
    (_S.INITIATED, "start"): _S.STARTED,
    (_S.STARTED, "wait"): _S.WAITING,
    (_S.WAITING, "resume"): _S.STARTED,
    (_S.STARTED, "complete"): _S.COMPLETED,
    **{(state, "cancel"): _S.CANCELLED for state in UNDER_WAY},
    (_S.COMPLETED, "supersede"): _S.SUPERSEDED,
    (_S.COMPLETED, "decide"): _S.COMPLETED,
}


class CancelReason(Enum):
    """Why an assessment ends without result (ASSESSMENT-5)."""

    CLIENT_WITHDREW = "CLIENT_WITHDREW"
    OBVIOUSLY_UNNECESSARY = "OBVIOUSLY_UNNECESSARY"
    MOVED = "MOVED"
    DECEASED = "DECEASED"
    DUPLICATE = "DUPLICATE"


@dataclass(frozen=True)
class Recommended:
    """A service that an assessment recommends; 0 units: not counted; days inclusive, both or none."""

    service_code: str
    units: int
    arrangement: Arrangement
    from_date: date | None
    to_date: date | None

    @property
    def days(self) -> int:
        """How long it is expected to last; 0 when not known."""
        return (self.to_date - self.from_date).days + 1 if self.from_date and self.to_date else 0


@dataclass(frozen=True)
class Findings:
    """What a completed assessment says."""

    answers: tuple[Answer, ...]
    client_view: str
    client_view_missing_reason: str
    conclusion: str
    recommended: tuple[Recommended, ...]
    child_in_household: bool
    informal_carer: bool


NOTHING = Findings((), "", "", "", (), False, False)


@dataclass(eq=False, kw_only=True)
class Assessment:
    """A service needs assessment."""

    id: UUID
    county_scheme: str
    county_code: str
    client_id: UUID
    contact_id: UUID | None
    grounds: tuple[Ground, ...]
    pending_date: date
    repeat_reason: str
    created_at: datetime
    created_by: str
    updated_at: datetime
    start_due: date | None = None
    complete_due: date | None = None
    deadline_rules: tuple[str, ...] = ()
    state: AssessmentState = AssessmentState.INITIATED
    team_id: UUID | None = None
    performing_organisation_id: UUID | None = None
    performed_at_unit_id: UUID | None = None
    mode: DeliveryMode | None = None
    lead: Professional | None = None
    participants: tuple[Professional, ...] = ()
    started_date: date | None = None
    waiting_reason: str = ""
    completed_date: date | None = None
    findings: Findings = NOTHING
    plan_needed: bool = False
    cancel_reason: CancelReason | None = None
    deadlines: list[Deadline] = field(default_factory=list)
    version: int = 1

    @property
    def started_late(self) -> bool:
        """It started after its due date; work goes on all the same."""
        return bool(self.started_date and self.start_due and self.started_date > self.start_due)

    def begin(self, deadlines: list[Deadline]) -> None:
        """ASSESSMENT-1: the limits that begin with the matter."""
        due = {deadline.milestone: deadline.due_date for deadline in deadlines}
        self.start_due, self.complete_due = due.get(Milestone.START), due.get(Milestone.COMPLETE)
        self.deadline_rules = tuple(code for deadline in deadlines for code in deadline.rule_codes)
        self.deadlines = deadlines

    def start(
        self,
        *,
        team: Team,
        lead_id: str,
        participants: tuple[Professional, ...],
        unit_id: UUID | None,
        mode: DeliveryMode,
        municipality: str,
        special_support: bool,
        today: date,
        now: datetime,
    ) -> None:
        """ASSESSMENT-2: an active team starts it, in any way and place; a visit of a moving one is in its area
        (S1.21). With SPECIAL_SUPPORT a social worker leads. `municipality`: where the visit is.
        """
        self.check("start")
        if mode is DeliveryMode.MOBILE_TEAM and not team.moves_in(municipality):
            raise OutsideArea("the team does not move, or the visit is outside its area")
        self.lead = lead_of(team, lead_id, special_support=special_support)
        self.participants = _beside(self.lead, team.known(participants))
        self.team_id = team.id
        self.performing_organisation_id = team.enterprise_organisation_id
        self.performed_at_unit_id = unit_id
        self.mode = mode
        self.started_date = today
        self._move("start", now)

    def wait(self, reason: str, now: datetime) -> None:
        """ASSESSMENT-3: for the client or for information; the limits run on."""
        self._move("wait", now)
        self.waiting_reason = reason

    def resume(self, now: datetime) -> None:
        """ASSESSMENT-3: it goes on."""
        self._move("resume", now)
        self.waiting_reason = ""

    def complete(
        self,
        findings: Findings,
        *,
        others: tuple[Professional, ...],
        catalogue: Mapping[str, CatalogueService],
        special_support: bool,
        today: date,
        now: datetime,
    ) -> None:
        """ASSESSMENT-4: every domain answered, the client heard, both sectors present where needed, services in the
        catalogue."""
        self.check("complete")
        lead = self._lead()
        people = with_others(self.participants, others)
        check_answers(findings.answers)
        if not findings.client_view.strip() and not findings.client_view_missing_reason.strip():
            raise AssessmentIncomplete("the assessment is incomplete: neither the client's view nor why it is missing")
        check_participants(findings.answers, (lead, *people))
        for recommendation in findings.recommended:
            check_recommended(recommendation, catalogue)
        if special_support and lead.category is not Category.SOCIAL_WORKER:
            raise SocialWorkerRequired("the client needs special support: a social worker leads the assessment")
        self.participants = _beside(lead, people)
        self.findings = findings
        self.completed_date = today
        self._move("complete", now)

    def cancel(self, reason: CancelReason, now: datetime) -> None:
        """ASSESSMENT-5: it ends without result."""
        self._move("cancel", now)
        self.cancel_reason = reason

    def supersede(self, now: datetime) -> None:
        """ASSESSMENT-6: a newer completed one takes its place."""
        self._move("supersede", now)

    def recommends(self, service_code: str) -> bool:
        """Whether the service is among the recommended."""
        return any(recommendation.service_code == service_code for recommendation in self.findings.recommended)

    def finds(self, domain: NeedDomain) -> bool:
        """Whether it found a need in the domain."""
        return any(answer.domain is domain and answer.level for answer in self.findings.answers)

    def recommended_on(self, day: date) -> list[Recommended]:
        """The services it recommends that are not over before `day`."""
        return [
            recommendation
            for recommendation in self.findings.recommended
            if recommendation.to_date is None or recommendation.to_date >= day
        ]

    def check(self, command: str) -> AssessmentState:
        """The state after `command`; refuses with `IllegalTransition`."""
        return move(TRANSITIONS, self.state, command, noun="an assessment")

    def _move(self, command: str, now: datetime) -> None:
        self.state = self.check(command)
        self.version += 1
        self.updated_at = now

    def _lead(self) -> Professional:
        if self.lead is None:
            raise LeadNotInTeam("the lead is not a member of the team today")
        return self.lead


def lead_of(team: Team, lead_id: str, *, special_support: bool) -> Professional:
    """ASSESSMENT-2: the member of an ACTIVE team who leads; a social worker when the client needs special support."""
    if team.state is not TeamState.ACTIVE:
        raise TeamNotActive("the team is not active: it needs a social worker and another social-care professional")
    lead = team.member(lead_id)
    if lead is None:
        raise LeadNotInTeam("the lead is not a member of the team today")
    if special_support and lead.category is not Category.SOCIAL_WORKER:
        raise SocialWorkerRequired("the client needs special support: a social worker leads the assessment")
    return lead


def check_recommended(recommended: Recommended, catalogue: Mapping[str, CatalogueService]) -> None:
    """ASSESSMENT-4: the service is in the catalogue, may be arranged so, and its period is one."""
    service = catalogue.get(recommended.service_code)
    if service is None:
        raise ServiceUnknown(f"the service {recommended.service_code} is not in the catalogue")
    if recommended.arrangement not in service.arrangements:
        raise ArrangementNotAllowed(
            f"the catalogue does not arrange {recommended.service_code} as {recommended.arrangement.value}"
        )
    if (recommended.from_date is None) != (recommended.to_date is None):
        raise PeriodInvalid("a period needs its first and last day, in this order")
    if recommended.from_date and recommended.to_date and recommended.to_date < recommended.from_date:
        raise PeriodInvalid("a period needs its first and last day, in this order")


def _beside(lead: Professional, people: tuple[Professional, ...]) -> tuple[Professional, ...]:
    return tuple(person for person in people if person.professional_id != lead.professional_id)
