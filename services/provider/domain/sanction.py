"""A sanction against a provider for one of its contracts, and its states (SANCTION-1)."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from services.kernel.machine import move
from services.kernel.refusal import InvalidValue
from services.provider.domain.contract_refusals import HearingPending, KindNotHigher
from services.provider.domain.refusals import ProviderMismatch


class Calendar(Protocol):
    """Counts Finnish weekdays (LIMIT-1)."""

    def nth_weekday_after(self, day: date, n: int) -> date:
        """The last day of a limit of `n` weekdays from an event on `day`."""
        ...


class SanctionKind(StrEnum):
    """The ladder, the mildest first."""

    NOTICE = "NOTICE"
    CORRECTIVE_ORDER = "CORRECTIVE_ORDER"
    PAYMENT_REDUCTION = "PAYMENT_REDUCTION"
    CHOICE_FREEZE = "CHOICE_FREEZE"
    SUSPENSION = "SUSPENSION"
    TERMINATION = "TERMINATION"


LADDER = tuple(SanctionKind)


class Ground(StrEnum):
    """What counts against a contract until a sanction is proposed for it."""

    UNJUSTIFIED_DEVIATION = "UNJUSTIFIED_DEVIATION"
    OVERDUE_ACKNOWLEDGEMENT = "OVERDUE_ACKNOWLEDGEMENT"
    REFUSAL_NOT_ALLOWED = "REFUSAL_NOT_ALLOWED"
    FALSE_REDEMPTION = "FALSE_REDEMPTION"


class SanctionState(StrEnum):
    """The states of a sanction."""

    PROPOSED = "PROPOSED"
    HEARING = "HEARING"
    IMPOSED = "IMPOSED"
    WITHDRAWN = "WITHDRAWN"
    REMEDIED = "REMEDIED"
    EXPIRED = "EXPIRED"
    ESCALATED = "ESCALATED"


TRANSITIONS: dict[tuple[SanctionState, str], SanctionState] = {
    (SanctionState.PROPOSED, "open_hearing"): SanctionState.HEARING,
    (SanctionState.HEARING, "hear"): SanctionState.HEARING,
    (SanctionState.HEARING, "impose"): SanctionState.IMPOSED,
    (SanctionState.PROPOSED, "impose_at_once"): SanctionState.IMPOSED,
    (SanctionState.IMPOSED, "hear"): SanctionState.IMPOSED,
    (SanctionState.PROPOSED, "withdraw"): SanctionState.WITHDRAWN,
    (SanctionState.HEARING, "withdraw"): SanctionState.WITHDRAWN,
    (SanctionState.IMPOSED, "remedy"): SanctionState.REMEDIED,
    (SanctionState.IMPOSED, "expire"): SanctionState.EXPIRED,
    (SanctionState.IMPOSED, "escalate"): SanctionState.ESCALATED,
}
"""A sanction imposed at once is heard afterwards (SANCTION-6)."""

PENDING = frozenset({SanctionState.PROPOSED, SanctionState.HEARING})


@dataclass(frozen=True, kw_only=True)
class Measure:
    """What is proposed and why: `reduction_percent` of payments for PAYMENT_REDUCTION only; `until` inclusive.

    `until` is the deadline of a CORRECTIVE_ORDER and the last day of a PAYMENT_REDUCTION, which both have one.
    """

    kind: SanctionKind
    grounds: str
    reduction_percent: int
    until: date | None

    def check(self, *, largest_reduction: int) -> None:
        """Refuse a reduction that is none or above the largest (SANCTION-5), and a missing day."""
        reduces = self.kind is SanctionKind.PAYMENT_REDUCTION
        if reduces != (self.reduction_percent > 0) or self.reduction_percent > largest_reduction:
            raise InvalidValue(
                "reduction_percent", f"a payment reduction, and only it, is 1 to {largest_reduction} percent"
            )
        if self.until is None and self.kind in {SanctionKind.PAYMENT_REDUCTION, SanctionKind.CORRECTIVE_ORDER}:
            raise InvalidValue("until_date", "a corrective order and a payment reduction have a last day")


@dataclass(eq=False, kw_only=True)
class Sanction:
    """A sanction against the provider of a contract.

    One that was proposed by itself tells its `ground` and the number of the last breach it counts, `counted_to`.
    """

    id: UUID
    county_scheme: str
    county_code: str
    contract_id: UUID
    provider_id: UUID
    measure: Measure
    state: SanctionState
    until: date | None
    version: int
    created_at: datetime
    created_by: str
    updated_at: datetime
    hearing_due: date | None = None
    statement: str | None = None
    imposed_on: date | None = None
    escalated_from: UUID | None = None
    ground: Ground | None = None
    counted_to: int = 0

    def open_hearing(self, *, weekdays: int, calendar: Calendar, day: date, now: datetime) -> None:
        """The provider is asked what it has to say, within `weekdays`."""
        after = move(TRANSITIONS, self.state, "open_hearing", noun="a sanction")
        self.hearing_due = calendar.nth_weekday_after(day, weekdays)
        self._become(after, now)

    def hear(self, statement: str, *, by: str, now: datetime) -> None:
        """What the provider `by` has to say; a later statement takes the place of an earlier one."""
        if by != str(self.provider_id):
            raise ProviderMismatch("only the provider itself may do or see this")
        after = move(TRANSITIONS, self.state, "hear", noun="a sanction")
        self.statement = statement
        self._become(after, now)

    def impose(self, *, day: date, now: datetime) -> None:
        """Imposed on a provider that was heard, or let the time for it pass."""
        after = move(TRANSITIONS, self.state, "impose", noun="a sanction")
        if self.statement is None and (self.hearing_due is None or day <= self.hearing_due):
            raise HearingPending("the provider has not been heard, and may still be")
        self.imposed_on = day
        self._become(after, now)

    def impose_at_once(self, *, weekdays: int, calendar: Calendar, day: date, now: datetime) -> None:
        """An emergency suspension: imposed now, heard afterwards within `weekdays`."""
        after = move(TRANSITIONS, self.state, "impose_at_once", noun="a sanction")
        if self.measure.kind is not SanctionKind.SUSPENSION:
            raise HearingPending("only a suspension may be imposed before the hearing")
        self.imposed_on, self.hearing_due = day, calendar.nth_weekday_after(day, weekdays)
        self._become(after, now)

    def withdraw(self, *, now: datetime) -> None:
        """It is not imposed."""
        self._become(move(TRANSITIONS, self.state, "withdraw", noun="a sanction"), now)

    def remedy(self, *, now: datetime) -> None:
        """The provider has put right what was wrong."""
        self._become(move(TRANSITIONS, self.state, "remedy", noun="a sanction"), now)

    def expire(self, *, day: date, now: datetime) -> None:
        """Its last day is over; a corrective order nobody followed does not expire, it is escalated."""
        after = move(TRANSITIONS, self.state, "expire", noun="a sanction")
        if self.until is None or day <= self.until or self.measure.kind is SanctionKind.CORRECTIVE_ORDER:
            raise InvalidValue("until_date", "the sanction has no last day that is over")
        self._become(after, now)

    def escalate(self, kind: SanctionKind, *, now: datetime) -> None:
        """It did not help; a sanction of a higher `kind` is proposed in its place."""
        after = move(TRANSITIONS, self.state, "escalate", noun="a sanction")
        if LADDER.index(kind) <= LADDER.index(self.measure.kind):
            raise KindNotHigher("a sanction escalates to a higher kind")
        self._become(after, now)

    def _become(self, state: SanctionState, now: datetime) -> None:
        self.state = state
        self.version += 1
        self.updated_at = now
