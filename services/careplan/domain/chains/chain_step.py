"""A step of a service chain: a provider asks another to take a client on, and is informed of the outcome."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from services.careplan.domain.chains.refusals import ClauseMissing, NoServiceLine, PlannedDateInPast, StepToItself
from services.careplan.domain.deadlines.deadline import Subject, Wait
from services.careplan.domain.neighbours.copies import ContractCopy, ProviderCopy
from services.careplan.domain.plans.refusals import NoRelationship, ProviderNotApproved, ProviderUnknown
from services.careplan.domain.rules import Calendar, Rules
from services.kernel.care import NeedDomain
from services.kernel.machine import listed, move

CLAUSE = "REFERRAL"


class Urgency(StrEnum):
    """How soon a step must be answered."""

    ROUTINE = "ROUTINE"
    SOON = "SOON"
    URGENT = "URGENT"


class ChainStepState(StrEnum):
    """The states of a step."""

    DRAFT = "DRAFT"
    SENT = "SENT"
    RECEIVED = "RECEIVED"
    ACCEPTED = "ACCEPTED"
    RETURNED = "RETURNED"
    SCHEDULED = "SCHEDULED"
    IN_PROGRESS = "IN_PROGRESS"
    COMPLETED = "COMPLETED"
    CLOSED = "CLOSED"
    CANCELLED = "CANCELLED"


_S = ChainStepState
UNANSWERED = (_S.SENT, _S.RECEIVED)
OPEN = (_S.SENT, _S.RECEIVED, _S.ACCEPTED, _S.SCHEDULED, _S.IN_PROGRESS)
TRANSITIONS: dict[tuple[ChainStepState, str], ChainStepState] = {
    **listed("send", ((_S.DRAFT,), _S.SENT)),
    **listed("receive", ((_S.SENT,), _S.RECEIVED)),
    **listed("accept", ((_S.RECEIVED,), _S.ACCEPTED)),
    **listed("return", (UNANSWERED, _S.RETURNED)),
    **listed("schedule", ((_S.ACCEPTED,), _S.SCHEDULED)),
    **listed("start", ((_S.SCHEDULED,), _S.IN_PROGRESS)),
    **listed("complete", ((_S.IN_PROGRESS,), _S.COMPLETED)),
    **listed("give_feedback", ((_S.COMPLETED,), _S.CLOSED)),
    **listed("cancel", ((_S.DRAFT, _S.SENT, _S.RECEIVED, _S.ACCEPTED, _S.SCHEDULED), _S.CANCELLED)),
    **listed("pass_due", ((_S.SENT,), _S.SENT), ((_S.RECEIVED,), _S.RECEIVED)),
}
COMMANDS = tuple(dict.fromkeys(command for _, command in TRANSITIONS))


@dataclass(frozen=True)
class Asked:
    """What a step asks for."""

    client_id: UUID
    to_organisation_id: UUID
    service_code: str
    need: NeedDomain
    urgency: Urgency
    question: str
    attachments: tuple[str, ...] = ()


@dataclass
class ChainStep:
    """One step; the target moves it on from when it is sent, the sender may cancel it until it begins."""

    id: UUID
    chain_id: UUID
    seq: int
    county_scheme: str
    county_code: str
    client_id: UUID
    from_organisation_id: UUID
    to_organisation_id: UUID
    service_code: str
    need: NeedDomain
    urgency: Urgency
    question: str
    attachments: tuple[str, ...]
    created_at: datetime
    created_by: str
    updated_at: datetime
    state: ChainStepState = ChainStepState.DRAFT
    plan_id: UUID | None = None
    operator_organisation_id: UUID | None = None
    sent_at: datetime | None = None
    response_due: date | None = None
    overdue: bool = False
    planned_date: date | None = None
    reason: str = ""
    suggestion: str = ""
    feedback: str = ""
    version: int = 1
    fact_version: int = 0

    def require_sender(self, organisation: UUID | None) -> None:
        """Refuse an organisation that did not draft it."""
        if organisation != self.from_organisation_id:
            raise NoRelationship

    def require_target(self, organisation: UUID | None) -> None:
        """Refuse an organisation it is not addressed to, and any while it is a draft."""
        if organisation != self.to_organisation_id or self.state is ChainStepState.DRAFT:
            raise NoRelationship

    def require(self, command: str) -> None:
        """Refuse with `IllegalTransition` a command that is not listed for the state."""
        move(TRANSITIONS, self.state, command, noun="chain step")

    def take(self, command: str) -> None:
        """Move by the table; refuses with `IllegalTransition`."""
        self.state = move(TRANSITIONS, self.state, command, noun="chain step")

    def send(self, *, due: date, plan_id: UUID | None, operator: UUID | None, now: datetime) -> None:
        """It is on its way; the operator of the client's plan is copied (CHAIN-2)."""
        self.take("send")
        self.response_due, self.sent_at = due, now
        self.plan_id, self.operator_organisation_id = plan_id, operator

    def plan_for(self, command: str, day: date, today: date) -> None:
        """The target accepts (CHAIN-4) or fixes the day (CHAIN-6); refuses a day that is over."""
        self.require(command)
        if day < today:
            raise PlannedDateInPast(f"the planned date {day} is over")
        self.take(command)
        self.planned_date = day

    def give_back(self, reason: str, suggestion: str) -> None:
        """The target returns it to the sender; the suggestion says where the right place is (CHAIN-5)."""
        self.take("return")
        self.reason, self.suggestion = reason, suggestion

    def give_feedback(self, feedback: str) -> None:
        """The target reports the outcome: the loop is closed (CHAIN-7)."""
        self.take("give_feedback")
        self.feedback = feedback

    def cancel(self, reason: str) -> None:
        """The sender takes it back before it begins (CHAIN-8)."""
        self.take("cancel")
        self.reason = reason

    def pass_due(self) -> None:
        """It was not answered in time; the answer may still come (CHAIN-9)."""
        self.take("pass_due")
        self.overdue = True

    @property
    def waits(self) -> set[Wait]:
        """What is waited for: the target's answer (CHAIN-9)."""
        if self.state not in UNANSWERED or self.response_due is None:
            return set()
        return {Wait(Subject.CHAIN_RESPONSE, self.id, self.response_due)}


def check_not_itself(sender: UUID, target: UUID) -> None:
    """Refuse a step from an organisation to itself (CHAIN-1)."""
    if sender == target:
        raise StepToItself("an organisation does not refer a client to itself")


def check_parties(
    sender: UUID, asked: Asked, target: ProviderCopy | None, contracts: Iterable[ContractCopy], today: date
) -> None:
    """Refuse unless both ends agreed to refer (S1.43b) and the target, approved, offers the service (CHAIN-2)."""
    if target is None:
        raise ProviderUnknown("the organisation that is asked is not known here, or not yet")
    if target.state != "APPROVED":
        raise ProviderNotApproved("the organisation that is asked is not approved by the county")
    in_force = [
        contract
        for contract in contracts
        if contract.state == "ACTIVE" and contract.valid_from <= today <= contract.valid_to
    ]
    agreed = {contract.provider_id for contract in in_force if CLAUSE in contract.clauses}
    if not {sender, asked.to_organisation_id} <= agreed:
        raise ClauseMissing(f"sender and target do not both have a contract in force with the clause {CLAUSE}")
    offered = (
        line for contract in in_force if contract.provider_id == asked.to_organisation_id for line in contract.lines
    )
    if all(line.service_code != asked.service_code for line in offered):
        raise NoServiceLine(f"no contract in force of the target has the service {asked.service_code}")


def response_due(
    urgency: Urgency, contracts: Iterable[ContractCopy], today: date, calendar: Calendar, rules: Rules
) -> date:
    """By when the target answers: at once, the next weekday, or as its contract says, else the county
    (CHAIN-10, S1.24)."""
    if urgency is Urgency.URGENT:
        return today
    if urgency is Urgency.SOON:
        return calendar.nth_weekday_after(today, 1)
    default = rules.chain_response_weekdays
    limits = [
        contract.weekdays(CLAUSE, default)
        for contract in contracts
        if contract.state == "ACTIVE" and CLAUSE in contract.clauses
    ]
    return calendar.nth_weekday_after(today, min(limits, default=default))
