"""Days by which a party must have acted, and what is announced of them, each once (LIMIT-3, PLAN-18, CHAIN-9)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol
from uuid import UUID


class Weekdays(Protocol):
    """Knows Finnish weekdays (LIMIT-1)."""

    def is_weekday(self, day: date) -> bool:
        """Whether the day counts in a limit of weekdays."""
        ...


class Subject(StrEnum):
    """What must have happened by the day."""

    CONSULTATION = "CONSULTATION"
    OBJECTION = "OBJECTION"
    ACKNOWLEDGEMENT = "ACKNOWLEDGEMENT"
    PLAN_REVIEW = "PLAN_REVIEW"
    CHAIN_RESPONSE = "CHAIN_RESPONSE"
    REROUTE = "REROUTE"


class Notice(StrEnum):
    """What is announced of a deadline, each once at most."""

    APPROACHING = "APPROACHING"
    MISSED = "MISSED"


@dataclass(frozen=True)
class Wait:
    """Something that is waited for, and until when."""

    subject: Subject
    subject_id: UUID
    due: date


@dataclass
class Deadline:
    """A wait as it is kept; it belongs to its owner (a plan, a step, a case) and ends with the wait."""

    id: UUID
    owner_id: UUID
    client_id: UUID
    plan_id: UUID | None
    subject: Subject
    subject_id: UUID
    due: date
    created_at: datetime
    ended_on: date | None = None
    warned_at: datetime | None = None
    missed_at: datetime | None = None
    version: int = 0

    @property
    def wait(self) -> Wait:
        """What is waited for."""
        return Wait(self.subject, self.subject_id, self.due)

    def due_notice(self, *, today: date, horizon: date, now: datetime) -> Notice | None:
        """What is to be announced now, noted as announced; never twice. A missed deadline blocks nothing."""
        if self.ended_on is not None or self.missed_at is not None:
            return None
        if self.due < today:
            self.missed_at = now
            return self._noted(Notice.MISSED)
        if self.warned_at is None and self.due <= horizon:
            self.warned_at = now
            return self._noted(Notice.APPROACHING)
        return None

    def end(self, today: date, now: datetime) -> Notice | None:
        """Nothing is waited for any more; a miss that was not announced yet is returned, to be announced now."""
        missed = self.due_notice(today=today, horizon=date.min, now=now)
        self.ended_on = self.ended_on or today
        return missed

    def _noted(self, what: Notice) -> Notice:
        self.version += 1
        return what


def horizon(today: date, weekdays: int, calendar: Weekdays) -> date:
    """The last day that is at most so many weekdays away: limits that end by it approach."""
    day, remaining = today, weekdays
    while remaining:
        day += timedelta(days=1)
        remaining -= calendar.is_weekday(day)
    return day
