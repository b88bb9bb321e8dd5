"""A county official's decision on one service (N7)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Protocol
from uuid import UUID

from services.client.domain.assessment_refusals import PeriodInvalid
from services.client.domain.refusals import IllegalTransition


class DecisionStatus(Enum):
    """The states of a decision; the last three are its outcomes."""

    PENDING = "PENDING"
    GRANTED = "GRANTED"
    PARTLY = "PARTLY"
    REJECTED = "REJECTED"


TRANSITIONS: dict[tuple[DecisionStatus, str], DecisionStatus] = {
    (DecisionStatus.PENDING, "grant"): DecisionStatus.GRANTED,
    (DecisionStatus.PENDING, "grant_in_part"): DecisionStatus.PARTLY,
    (DecisionStatus.PENDING, "reject"): DecisionStatus.REJECTED,
}
COMMANDS = {after: command for (_, command), after in TRANSITIONS.items()}
"""The command that leads to each outcome."""

IN_FAVOUR = (DecisionStatus.GRANTED, DecisionStatus.PARTLY)


class Weekdays(Protocol):
    """How an end is moved off holidays (2.6)."""

    def nth_weekday_after(self, day: date, n: int) -> date:
        """The last day of a limit of `n` weekdays."""
        ...


@dataclass(eq=False, kw_only=True)
class Decision:
    """A decision; 0 units: not counted. Days are inclusive and absent when rejected."""

    id: UUID
    county_scheme: str
    county_code: str
    client_id: UUID
    assessment_id: UUID
    service_code: str
    grounds: str
    created_at: datetime
    created_by: str
    status: DecisionStatus = DecisionStatus.PENDING
    units: int = 0
    from_date: date | None = None
    to_date: date | None = None
    decided_date: date | None = None
    appeal_until: date | None = None
    version: int = 0

    def decide(
        self,
        command: str,
        *,
        units: int,
        from_date: date | None,
        to_date: date | None,
        today: date,
        appeal_until: date,
    ) -> None:
        """Grant, grant in part or reject; what is granted has a period. `appeal_until` is the last day to appeal."""
        after = TRANSITIONS.get((self.status, command))
        if after is None:
            raise IllegalTransition("a decision", self.status.value, command, "3.2")
        if after in IN_FAVOUR:
            if from_date is None or to_date is None or to_date < from_date:
                raise PeriodInvalid
            self.units, self.from_date, self.to_date = units, from_date, to_date
        self.status = after
        self.decided_date = today
        self.appeal_until = appeal_until
        self.version += 1


def last_day_to_appeal(decided: date, days: int, calendar: Weekdays) -> date:
    """`days` after the decision, moved to a weekday if it must (2.6)."""
    return calendar.nth_weekday_after(decided + timedelta(days=days - 1), 1)
