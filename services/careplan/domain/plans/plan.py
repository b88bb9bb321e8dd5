"""The care plan of a client: its states, its operator, what is in force, what is drawn up."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Protocol
from uuid import UUID

from services.careplan.domain.plans.content import Content, Goal, Part
from services.careplan.domain.plans.plan_service import PlanService, PlanServiceState
from services.careplan.domain.plans.plan_states import TRANSITIONS, PlanState
from services.careplan.domain.plans.refusals import (
    ClientViewMissing,
    ConsultationPending,
    DeliveryOpen,
    GoalUnknown,
    NotTheOperator,
    ObjectionUnresolved,
    PlanEmpty,
    PlanServiceDone,
    PlanServiceUnknown,
    StaleOperator,
)
from services.careplan.domain.plans.statutory import StatutorySection
from services.careplan.domain.rules import Rules
from services.careplan.domain.terms import OperatorKind, ReviewCause
from services.kernel.machine import move


class Asked(Protocol):
    """What a plan asks of a consultation before a version comes into force."""

    provider_id: UUID
    part_digest: str
    superseded: bool

    @property
    def pending(self) -> bool:
        """Whether the provider has not answered, and still may."""
        ...

    @property
    def unresolved(self) -> bool:
        """Whether it is an objection without a resolution."""
        ...


@dataclass
class Plan:
    """A client's plan; while it is reviewed the version in force stays, beside the draft of the next one."""

    id: UUID
    number: str
    county_scheme: str
    county_code: str
    client_id: UUID
    operator_organisation_id: UUID
    operator_unit_id: UUID
    operator_kind: OperatorKind
    assessment_id: UUID
    created_at: datetime
    created_by: str
    updated_at: datetime
    state: PlanState = PlanState.DRAFT
    major: int = 0
    minor: int = 0
    goals: tuple[Goal, ...] = ()
    client_view: str = ""
    statutory_sections: tuple[StatutorySection, ...] = ()
    activated_at: datetime | None = None
    draft: Content | None = field(default_factory=Content)
    consulting: bool = False
    review_cause: ReviewCause | None = None
    review_due: date | None = None
    ended_on: date | None = None
    predecessor_id: UUID | None = None
    last_reason: str = ""
    version: int = 1
    fact_version: int = 0
    operator_epoch: int = 1
    services: list[PlanService] = field(default_factory=list)

    # What can be asked of a plan.

    @property
    def version_number(self) -> str:
        """The version in force, such as 1.3; empty before the first."""
        return f"{self.major}.{self.minor}" if self.major else ""

    def in_force(self) -> Content:
        """What the version in force says; services that were cancelled are not part of it."""
        present = (service for service in self.services if service.state is not PlanServiceState.CANCELLED)
        lines = tuple(service.line() for service in present)
        return Content(self.goals, lines, self.client_view, self.statutory_sections)

    def done_services(self) -> frozenset[UUID]:
        """The services that are delivered no more."""
        return frozenset(service.id for service in self.services if service.done)

    def last_content(self) -> Content:
        """What the last version said, ended services included; what was drafted, when none ever was."""
        if not self.major:
            return self.drawn_up()
        lines = tuple(service.line() for service in self.services)
        return Content(self.goals, lines, self.client_view, self.statutory_sections)

    def drawn_up(self) -> Content:
        """What is being drawn up; nothing, when nothing is."""
        return self.draft if self.draft is not None else Content()

    def service(self, plan_service_id: UUID) -> PlanService:
        """The service in force with this id, or `PlanServiceUnknown`."""
        for service in self.services:
            if service.id == plan_service_id:
                return service
        raise PlanServiceUnknown(f"the plan has no planned service {plan_service_id}")

    def require_operator(self, organisation: UUID | None, epoch: int | None = None) -> None:
        """Refuse an organisation that is not responsible, or read the plan in another operator's turn (INV-02).

        `epoch` is the turn that was read; a plan that never changed hands may be written without it.
        """
        if organisation != self.operator_organisation_id:
            raise NotTheOperator
        if (epoch or 1) != self.operator_epoch:
            raise StaleOperator("the plan changed hands since it was read; send the etag of the plan as it is now")

    def takes(self, command: str) -> bool:
        """Whether the command is listed for the state the plan is in."""
        return (self.state, command) in TRANSITIONS

    def require(self, command: str) -> None:
        """Refuse with `IllegalTransition` a command that is not listed for the state."""
        move(TRANSITIONS, self.state, command, noun="plan")

    def take(self, command: str) -> None:
        """Move by the table; refuses with `IllegalTransition`."""
        self.state = move(TRANSITIONS, self.state, command, noun="plan")

    def touch(self, now: datetime) -> None:
        """The plan changed: another etag."""
        self.version += 1
        self.updated_at = now

    # Drawing up.

    def edit(self, draft: Content) -> None:
        """Draw up `draft` instead (PLAN-2); services that are done stay as they are.

        A service by voucher may be left out or arranged otherwise: the county takes the voucher back with notice, or a
        person looks at it, when the version comes into force (PLANBOUND-1).
        """
        self.require("edit")
        known = {goal.goal_id for goal in draft.goals}
        if any(goal_id not in known for line in draft.services for goal_id in line.goal_ids):
            raise GoalUnknown("a service serves a goal that the draft does not have")
        for service in self.services:
            line = draft.line(service.id)
            if service.state is PlanServiceState.COMPLETED and line != self.drawn_up().line(service.id):
                raise PlanServiceDone(f"the service {service.id} is completed and is not changed")
        self.draft = draft

    def parts_to_consult(self) -> dict[UUID, Part]:
        """The parts of other providers that are new or changed against the version in force (PLAN-3, PLAN-12)."""
        before = self.in_force().parts(self.operator_organisation_id)
        parts = self.drawn_up().parts(self.operator_organisation_id)
        return {who: part for who, part in parts.items() if who not in before or before[who].digest != part.digest}

    def start_consultation(self) -> dict[UUID, Part]:
        """Ask the other providers; gives the parts they are asked about."""
        self.require("start_consultation")
        self._require_full()
        self.take("start_consultation")
        self.consulting = True
        return self.parts_to_consult()

    def back_to_draft(self, reason: str) -> None:
        """End the consultation without activation (PLAN-5)."""
        self.take("back_to_draft")
        self.consulting, self.last_reason = False, reason

    def start_review(self, cause: ReviewCause) -> None:
        """Begin to draw up the next version from the one in force (PLAN-11)."""
        self.take("start_review")
        self.review_cause, self.draft, self.consulting = cause, self.in_force(), False

    def discard_review(self, reason: str) -> None:
        """Give the review up; the version in force stays (PLAN-14)."""
        self.take("discard")
        self.review_cause, self.draft, self.consulting, self.last_reason = None, None, False, reason

    # Coming into force.

    def activate(self, consultations: Iterable[Asked], *, now: datetime, today: date, rules: Rules) -> None:
        """Bring the draft into force as the next MAJOR version (PLAN-6, PLAN-13); the caller has checked the
        contracts."""
        command = "activate_version" if self.major else "activate"
        self.require(command)
        draft = self._require_full()
        self._require_consulted(list(consultations))
        if not draft.client_view.strip():
            raise ClientViewMissing("the client's own view is not recorded")
        self.take(command)
        self._bring_into_force(draft)
        self.major, self.minor, self.activated_at = self.major + 1, 0, now
        self.review_due = today + timedelta(days=rules.review_interval_days)
        self.draft, self.consulting, self.review_cause = None, False, None

    def _require_full(self) -> Content:
        """The draft, if it has at least one service that is not done and one goal."""
        draft = self.drawn_up()
        done = {service.id for service in self.services if service.done}
        if not draft.goals or all(line.plan_service_id in done for line in draft.services):
            raise PlanEmpty("the draft needs at least one goal and one service that is not done")
        return draft

    def _require_consulted(self, consultations: list[Asked]) -> None:
        """Every part that needs it was asked about in its present terms, answered or late, and resolved (S1.29)."""
        current = {
            (consultation.provider_id, consultation.part_digest): consultation
            for consultation in consultations
            if not consultation.superseded
        }
        asked = [current.get((who, part.digest)) for who, part in self.parts_to_consult().items()]
        if any(answer is None or answer.pending for answer in asked):
            raise ConsultationPending("a provider was not asked about its part as it is now, or has not answered")
        if any(answer is not None and answer.unresolved for answer in asked):
            raise ObjectionUnresolved("an objection is not resolved")

    def _bring_into_force(self, draft: Content) -> None:
        """Make goals and services what the draft says; services it leaves out are cancelled.

        A cancelled service keeps its voucher, which runs on for the days of notice: it stays the one service that an
        open voucher stands for (INV-03).
        """
        self.goals, self.client_view = draft.goals, draft.client_view
        self.statutory_sections = draft.statutory_sections
        present = {service.id: service for service in self.services}
        for position, line in enumerate(draft.services):
            service = present.pop(line.plan_service_id, None)
            if service is None:
                self.services.append(PlanService.begin(line, plan_id=self.id, position=position))
            else:
                service.position = position
                service.change(line)
        for left_out in present.values():
            if not left_out.done:
                left_out.take("cancel")

    # Going on and ending.

    def transfer_operator(self, organisation: UUID, unit: UUID, kind: OperatorKind, *, epoch: int) -> None:
        """Another organisation is responsible from now on (PLAN-15), if the plan is still in the turn `epoch`."""
        self.take("transfer_operator")
        if epoch != self.operator_epoch:
            raise StaleOperator("the plan changed hands since the transfer was begun")
        self.operator_organisation_id, self.operator_unit_id, self.operator_kind = organisation, unit, kind
        self.operator_epoch += 1

    def complete_service(self, service: PlanService) -> None:
        """A service is done (PLANSERVICE-2)."""
        self.require("complete_service")
        service.take("complete")

    def close(self, reason: str, day: date) -> None:
        """Close a plan in which nothing is going on (PLAN-16); what was planned and not begun is cancelled."""
        self.require("close")
        if any(
            service.state in (PlanServiceState.IN_DELIVERY, PlanServiceState.SUSPENDED) for service in self.services
        ):
            raise DeliveryOpen("a service of the plan is in delivery, or rests")
        self.take("close")
        for service in self.services:
            if not service.done:
                service.take("cancel")
        self.draft, self.consulting, self.last_reason, self.ended_on = None, False, reason, day

    def end(self, reason: str, day: date) -> None:
        """The client is gone since `day`: the plan closes whatever is going on in it (process D)."""
        self.take("close")
        for service in self.services:
            service.end()
        self.draft, self.consulting, self.last_reason, self.ended_on = None, False, reason, day

    def cancel(self, reason: str) -> None:
        """Cancel a plan that never came into force (PLAN-17); what was drafted is kept to be read."""
        self.take("cancel")
        self.consulting, self.last_reason = False, reason
