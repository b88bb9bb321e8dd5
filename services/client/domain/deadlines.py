"""Statutory time limits of assessments as dated rules (2.6): which apply to a matter, and when they are over."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Protocol


class Calendar(Protocol):
    """How days are counted (2.6); the real one stands outside the domain."""

    def nth_weekday_after(self, day: date, n: int) -> date:
        """The last day of a limit of `n` weekdays."""
        ...

    def months_after(self, day: date, n: int) -> date:
        """The last day of a limit of `n` months."""
        ...


class Milestone(Enum):
    """What must have happened by the due date."""

    START = "START"
    COMPLETE = "COMPLETE"


class Condition(Enum):
    """When a rule applies; OTHERWISE: when no other rule of the milestone does."""

    URGENT = "URGENT"
    FAST_TRACK_AGE = "FAST_TRACK_AGE"
    HIGHEST_CARE_ALLOWANCE = "HIGHEST_CARE_ALLOWANCE"
    CHILD_SPECIAL_SUPPORT = "CHILD_SPECIAL_SUPPORT"
    CHILD_WELFARE = "CHILD_WELFARE"
    DISABILITY_SERVICES = "DISABILITY_SERVICES"
    OTHERWISE = "OTHERWISE"


class LimitUnit(Enum):
    """How a limit is counted."""

    SAME_DAY = "SAME_DAY"
    WEEKDAY = "WEEKDAY"
    MONTH = "MONTH"


@dataclass(frozen=True)
class DeadlineRule:
    """One row of the rule table, in force from `valid_from` to `valid_to` (inclusive; None: until further notice)."""

    code: str
    milestone: Milestone
    applies_if: frozenset[Condition]
    amount: int
    unit: LimitUnit
    valid_from: date
    valid_to: date | None
    legal_basis: str
    source: str

    def in_force(self, day: date) -> bool:
        """Whether the rule is in force on `day`."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def due(self, pending: date, calendar: Calendar) -> date:
        """The last day of the limit for a matter pending since `pending`, which is not itself counted."""
        if self.unit is LimitUnit.SAME_DAY:
            return pending
        if self.unit is LimitUnit.WEEKDAY:
            return calendar.nth_weekday_after(pending, self.amount)
        return calendar.months_after(pending, self.amount)


@dataclass(frozen=True)
class DueDates:
    """By when an assessment must start and be completed; the codes tell by which rules."""

    start_due: date | None
    complete_due: date | None
    codes: tuple[str, ...]


def due_dates(
    rules: Iterable[DeadlineRule], *, conditions: frozenset[Condition], pending: date, calendar: Calendar
) -> DueDates:
    """The strictest due dates of all rules that apply to a matter pending since `pending`."""
    in_force = [rule for rule in rules if rule.in_force(pending)]
    start = _applying(in_force, Milestone.START, conditions)
    complete = _applying(in_force, Milestone.COMPLETE, conditions)
    return DueDates(
        start_due=min((rule.due(pending, calendar) for rule in start), default=None),
        complete_due=min((rule.due(pending, calendar) for rule in complete), default=None),
        codes=tuple(rule.code for rule in (*start, *complete)),
    )


def _applying(rules: list[DeadlineRule], milestone: Milestone, conditions: frozenset[Condition]) -> list[DeadlineRule]:
    of_milestone = [rule for rule in rules if rule.milestone is milestone]
    applying = [rule for rule in of_milestone if rule.applies_if & conditions]
    return applying or [rule for rule in of_milestone if Condition.OTHERWISE in rule.applies_if]
