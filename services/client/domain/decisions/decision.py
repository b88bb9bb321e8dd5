"""A county official's decision on one service (ASSESSMENT-7), its appeals, and what changes it (DECISION-1)."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Protocol
from uuid import UUID

from services.client.domain.assessments.refusals import PeriodInvalid
from services.client.domain.decisions.refusals import AppealTooLate, ChangeBackDated
from services.kernel.machine import move


class DecisionState(Enum):
    """The states of a decision; GRANTED, PARTLY and REJECTED are the first answer, before any appeal."""

    PENDING = "PENDING"
    GRANTED = "GRANTED"
    PARTLY = "PARTLY"
    REJECTED = "REJECTED"
    APPEALED = "APPEALED"
    UPHELD = "UPHELD"
    CHANGED = "CHANGED"


class Outcome(Enum):
    """What a decision says of the service."""

    GRANTED = "GRANTED"
    PARTLY = "PARTLY"
    REJECTED = "REJECTED"


_S = DecisionState
TRANSITIONS: dict[tuple[DecisionState, str], DecisionState] = {
    (_S.PENDING, "grant"): _S.GRANTED,
    (_S.PENDING, "grant_in_part"): _S.PARTLY,
    (_S.PENDING, "reject"): _S.REJECTED,
    **{(state, "appeal"): _S.APPEALED for state in (_S.GRANTED, _S.PARTLY, _S.REJECTED, _S.CHANGED)},
    (_S.APPEALED, "uphold"): _S.UPHELD,
    **{(state, "change"): _S.CHANGED for state in (_S.GRANTED, _S.PARTLY, _S.APPEALED, _S.UPHELD, _S.CHANGED)},
}
"""A rejection without an appeal is final: another need is assessed again. A changed decision can be appealed again."""

COMMANDS = {Outcome.GRANTED: "grant", Outcome.PARTLY: "grant_in_part", Outcome.REJECTED: "reject"}
"""The command that leads to each first answer."""

IN_FAVOUR = (Outcome.GRANTED, Outcome.PARTLY)


class Weekdays(Protocol):
    """How an end is moved off holidays (LIMIT-2)."""

    def nth_weekday_after(self, day: date, n: int) -> date:
        """The last day of a limit of `n` weekdays."""
        ...


@dataclass(frozen=True)
class Grant:
    """What a decision gives; 0 units: not counted. Days are inclusive and absent when rejected."""

    outcome: Outcome
    units: int = 0
    from_date: date | None = None
    to_date: date | None = None

    @property
    def in_favour(self) -> bool:
        """Something is granted."""
        return self.outcome in IN_FAVOUR

    def checked(self) -> "Grant":
        """What is granted has a period, else `PeriodInvalid`; a rejection grants nothing."""
        if not self.in_favour:
            return Grant(self.outcome)
        self._period()
        return self

    def takes_from(self, earlier: "Grant") -> bool:
        """Whether a day or a unit of `earlier` is no longer granted."""
        if not earlier.in_favour:
            return False
        if not self.in_favour or (self.units and (not earlier.units or self.units < earlier.units)):
            return True
        return not self._covers(*earlier._period())

    def keeps(self, earlier: "Grant", day: date) -> bool:
        """Whether the days before `day` stay granted as they were; a rejection counts from `day` on and keeps them."""
        if not earlier.in_favour or not self.in_favour:
            return True
        first, last = earlier._period()
        return day <= first or self._covers(first, min(last, day - timedelta(days=1)))

    def _covers(self, first: date, last: date) -> bool:
        own_first, own_last = self._period()
        return own_first <= first and last <= own_last

    def _period(self) -> tuple[date, date]:
        if self.from_date is None or self.to_date is None or self.to_date < self.from_date:
            raise PeriodInvalid("a period needs its first and last day, in this order")
        return self.from_date, self.to_date


@dataclass(frozen=True)
class Appeal:
    """The client contests the decision; `by_client`: in person, else through an official."""

    appealed_date: date
    appealed_by: str
    by_client: bool
    grounds: str
    answered_date: date | None = None
    answered_by: str = ""
    answer_grounds: str = ""


@dataclass(frozen=True)
class Earlier:
    """What a decision said before a change, which counts from `changed_from`."""

    grant: Grant
    grounds: str
    decided_by: str
    decided_date: date
    changed_from: date


@dataclass(eq=False, kw_only=True)
class Decision:
    """A decision: what it says now, what it said before each change, and the appeals."""

    id: UUID
    county_scheme: str
    county_code: str
    client_id: UUID
    assessment_id: UUID
    service_code: str
    grounds: str
    decided_by: str
    decided_date: date
    appeal_until: date
    created_at: datetime
    created_by: str
    grant: Grant = Grant(Outcome.REJECTED)
    state: DecisionState = DecisionState.PENDING
    effective_date: date | None = None
    appeals: tuple[Appeal, ...] = ()
    earlier: tuple[Earlier, ...] = ()
    version: int = 0

    def decide(self, grant: Grant) -> None:
        """ASSESSMENT-7: grant, grant in part or reject."""
        after = self.check(COMMANDS[grant.outcome])
        self.grant = grant.checked()
        self._move(after)

    def appeal(self, appeal: Appeal) -> None:
        """DECISION-2: the client appeals, on the last day to appeal at the latest."""
        after = self.check("appeal")
        if appeal.appealed_date > self.appeal_until:
            raise AppealTooLate("the last day to appeal is over")
        self.appeals = (*self.appeals, appeal)
        self._move(after)

    def uphold(self, *, grounds: str, by: str, today: date) -> None:
        """DECISION-1: the appeal changes nothing."""
        after = self.check("uphold")
        self._answer(grounds, by, today)
        self._move(after)

    def change(self, grant: Grant, *, effective: date, grounds: str, by: str, today: date, appeal_until: date) -> None:
        """DECISION-3: it says something else from `effective` on, after an appeal or because the need changed. What was
        granted before that day stays granted, and nothing is taken away for a day that is over.
        """
        after = self.check("change")
        grant = grant.checked()
        if not grant.keeps(self.grant, effective) or (effective < today and grant.takes_from(self.grant)):
            raise ChangeBackDated(
                "what was granted for the days before the change stays granted: it counts from today or later"
            )
        if self.state is DecisionState.APPEALED:
            self._answer(grounds, by, today)
        before = Earlier(self.grant, self.grounds, self.decided_by, self.decided_date, effective)
        self.earlier = (*self.earlier, before)
        self.grant, self.effective_date, self.grounds = grant, effective, grounds
        self.decided_by, self.decided_date, self.appeal_until = by, today, appeal_until
        self._move(after)

    def check(self, command: str) -> DecisionState:
        """The state after `command`; refuses with `IllegalTransition`."""
        return move(TRANSITIONS, self.state, command, noun="a decision")

    def _answer(self, grounds: str, by: str, today: date) -> None:
        open_one = replace(self.appeals[-1], answered_date=today, answered_by=by, answer_grounds=grounds)
        self.appeals = (*self.appeals[:-1], open_one)

    def _move(self, after: DecisionState) -> None:
        self.state = after
        self.version += 1


def last_day_to_appeal(decided: date, days: int, calendar: Weekdays) -> date:
    """`days` after the decision, moved to a weekday if it must (LIMIT-2)."""
    return calendar.nth_weekday_after(decided + timedelta(days=days - 1), 1)
