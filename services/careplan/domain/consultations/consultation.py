"""A request to another provider to say what it thinks of a draft (S1.29)."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from services.careplan.domain.consultations.refusals import TextRequired
from services.kernel.machine import listed, move


class ConsultationState(StrEnum):
    """The states of a consultation."""

    PENDING = "PENDING"
    AGREED = "AGREED"
    COMMENTED = "COMMENTED"
    OBJECTED = "OBJECTED"
    TIMED_OUT = "TIMED_OUT"
    WAIVED = "WAIVED"


_S = ConsultationState
COMMANDS = ("agree", "comment", "object", "time_out", "waive", "resolve")
TRANSITIONS: dict[tuple[ConsultationState, str], ConsultationState] = {
    **listed("agree", ((_S.PENDING,), _S.AGREED)),
    **listed("comment", ((_S.PENDING,), _S.COMMENTED)),
    **listed("object", ((_S.PENDING,), _S.OBJECTED)),
    **listed("time_out", ((_S.PENDING,), _S.TIMED_OUT)),
    **listed("waive", ((_S.PENDING,), _S.WAIVED)),
    **listed("resolve", ((_S.OBJECTED,), _S.OBJECTED)),
}
_BY_OUTCOME = {_S.AGREED: "agree", _S.COMMENTED: "comment", _S.OBJECTED: "object"}


@dataclass
class Consultation:
    """One request about one provider's part of one draft; `part_digest` shows whether that part changed since."""

    id: UUID
    plan_id: UUID
    client_id: UUID
    provider_id: UUID
    for_major: int
    part_digest: str
    plan_service_ids: tuple[UUID, ...]
    due: date
    created_at: datetime
    state: ConsultationState = ConsultationState.PENDING
    responded_at: datetime | None = None
    text: str = ""
    resolution: str = ""
    resolve_due: date | None = None
    superseded: bool = False

    def respond(self, outcome: ConsultationState, text: str, now: datetime, resolve_due: date) -> None:
        """The provider answers; refuses with `TextRequired` a comment or objection that does not say why (PLAN-4).

        An objection is resolved by the operator until `resolve_due`; then it is on the county's list (PROCESS-E1).
        """
        state = move(TRANSITIONS, self.state, _BY_OUTCOME[outcome], noun="consultation")
        if state is not ConsultationState.AGREED and not text.strip():
            raise TextRequired("a comment or an objection says why")
        self.state, self.text, self.responded_at = state, text, now
        self.resolve_due = resolve_due if state is ConsultationState.OBJECTED else None

    def time_out(self) -> None:
        """No answer in time counts as consulted, and is announced (S1.29)."""
        self.state = move(TRANSITIONS, self.state, "time_out", noun="consultation")

    def resolve(self, text: str) -> None:
        """The operator, or the county, says how an objection is resolved (S2.13)."""
        self.state = move(TRANSITIONS, self.state, "resolve", noun="consultation")
        self.resolution = text

    def supersede(self) -> None:
        """The part it was about is no longer in the draft: an unanswered request is waived."""
        if self.state is ConsultationState.PENDING:
            self.state = move(TRANSITIONS, self.state, "waive", noun="consultation")
        self.superseded = True

    @property
    def pending(self) -> bool:
        """Whether the provider has not answered, and still may."""
        return self.state is ConsultationState.PENDING

    @property
    def unresolved(self) -> bool:
        """An objection without a resolution."""
        return self.state is ConsultationState.OBJECTED and not self.resolution
