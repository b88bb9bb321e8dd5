"""A provider's promise to follow its part of a plan (S1.30)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from services.careplan.domain.neighbours.copies import ContractCopy
from services.careplan.domain.plans.content import Content, Part
from services.careplan.domain.plans.plan_service import HELD, PlanService
from services.careplan.domain.rules import Calendar, Rules
from services.kernel.care import Arrangement
from services.kernel.machine import listed, move


class AcknowledgementState(StrEnum):
    """The states of an acknowledgement."""

    PENDING = "PENDING"
    ACKNOWLEDGED = "ACKNOWLEDGED"
    REFUSED = "REFUSED"
    OVERDUE = "OVERDUE"


class RefusalReason(StrEnum):
    """Why a provider refuses (PROCESS-E3); every other reason is OTHER and not allowed."""

    CAPACITY = "CAPACITY"
    CLIENT_SAFETY = "CLIENT_SAFETY"
    STAFF_COMPETENCE = "STAFF_COMPETENCE"
    CONFLICT = "CONFLICT"
    OTHER = "OTHER"


ACK_TIME = "ACK_TIME"
"""The clause that gives a contract a time of its own."""

_S = AcknowledgementState
OPEN = (_S.PENDING, _S.OVERDUE)
COMMANDS = ("acknowledge", "refuse", "pass_due")
TRANSITIONS: dict[tuple[AcknowledgementState, str], AcknowledgementState] = {
    **listed("acknowledge", (OPEN, _S.ACKNOWLEDGED)),
    **listed("refuse", (OPEN, _S.REFUSED)),
    **listed("pass_due", ((_S.PENDING,), _S.OVERDUE)),
}


def due_day(contracts: Iterable[ContractCopy], asked_on: date, calendar: Calendar, rules: Rules) -> date:
    """When a provider has to acknowledge: the shortest time of its contracts in force, else the county's (PLAN-18)."""
    county = rules.acknowledgement_due_weekdays
    agreed = [contract for contract in contracts if contract.state == "ACTIVE" and ACK_TIME in contract.clauses]
    limits = [contract.weekdays(ACK_TIME, county) for contract in agreed]
    return calendar.nth_weekday_after(asked_on, min(limits, default=county))


@dataclass
class Acknowledgement:
    """What is asked of one provider on one version; it holds while its part (`part_digest`) stays the same."""

    id: UUID
    plan_id: UUID
    client_id: UUID
    provider_id: UUID
    major: int
    minor: int
    part_digest: str
    due: date
    created_at: datetime
    state: AcknowledgementState = AcknowledgementState.PENDING
    responded_at: datetime | None = None
    refusal_reason: RefusalReason | None = None
    text: str = ""
    breach: bool = False
    superseded: bool = False

    def acknowledge(self, now: datetime) -> None:
        """The provider promises to follow the plan, late if need be (PLAN-7)."""
        self.state = move(TRANSITIONS, self.state, "acknowledge", noun="acknowledgement")
        self.responded_at = now

    def refuse(self, reason: RefusalReason, text: str, part: Part, now: datetime) -> None:
        """The provider refuses; a direct-choice provider may not, others only for the reasons of process E (PLAN-8)."""
        self.state = move(TRANSITIONS, self.state, "refuse", noun="acknowledgement")
        bound = any(line.arrangement is Arrangement.DIRECT_CHOICE for line in part.lines)
        self.refusal_reason, self.text, self.responded_at = reason, text, now
        self.breach = bound or reason is RefusalReason.OTHER

    def pass_due(self) -> None:
        """The due date passed without an answer; the answer may still come (PLAN-18)."""
        self.state = move(TRANSITIONS, self.state, "pass_due", noun="acknowledgement")

    @property
    def open(self) -> bool:
        """Whether an answer is still awaited."""
        return self.state in OPEN


def asked_parts(content: Content, operator: UUID, done: Collection[UUID] = ()) -> dict[UUID, Part]:
    """The parts whose providers must acknowledge: a granted quantity, and not the operator's own (S1.30).

    Who has nothing left but services that are `done` has nothing to promise any more.
    """
    return {provider: part for provider, part in content.parts(operator).items() if part.counted(done)}


def missing_parts(
    content: Content, operator: UUID, given: Iterable[Acknowledgement], done: Collection[UUID] = ()
) -> dict[UUID, Part]:
    """The parts about which nothing was asked yet in their present terms."""
    known = {
        (acknowledgement.provider_id, acknowledgement.part_digest)
        for acknowledgement in given
        if not acknowledgement.superseded
    }
    parts = asked_parts(content, operator, done)
    return {provider: part for provider, part in parts.items() if (provider, part.digest) not in known}


def contracts_of(content: Content, provider: UUID) -> tuple[UUID, ...]:
    """The contracts a provider's services rest on: where a breach of the promise counts."""
    found = {line.contract_id for line in content.services if line.provider_id == provider and line.contract_id}
    return tuple(sorted(found))


def rerouted_by(refused: Acknowledgement, services: Iterable[PlanService]) -> list[PlanService]:
    """The services another provider is sought for when this one refuses: those by voucher or purchase (process E)."""
    return [
        service
        for service in services
        if service.provider_id == refused.provider_id
        and service.state in HELD
        and service.arrangement in (Arrangement.VOUCHER, Arrangement.PURCHASE)
    ]


def fully_acknowledged(
    content: Content, operator: UUID, given: Iterable[Acknowledgement], done: Collection[UUID] = ()
) -> bool:
    """Whether no acknowledgement of these contents is missing, and at least one was needed (PLAN-7)."""
    state = AcknowledgementState.ACKNOWLEDGED
    have = {
        (acknowledgement.provider_id, acknowledgement.part_digest)
        for acknowledgement in given
        if acknowledgement.state is state
    }
    parts = asked_parts(content, operator, done)
    return bool(parts) and all((provider, part.digest) in have for provider, part in parts.items())
