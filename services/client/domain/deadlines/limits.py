"""Statutory time limits as dated rules (LIMIT-3): which apply to a matter, and when they are over."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Protocol

YOUNG_AGE = 23


class Calendar(Protocol):
    """How days are counted (LIMIT-1); the real one stands outside the domain."""

    def is_weekday(self, day: date) -> bool:
        """Whether the day counts in a limit of weekdays."""
        ...

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
    DECIDE_ON_ASSESSMENT = "DECIDE_ON_ASSESSMENT"
    DECIDE = "DECIDE"
    IMPLEMENT = "IMPLEMENT"
    DECIDE_SUPPORT = "DECIDE_SUPPORT"
    INTERVIEW = "INTERVIEW"
    ASSESS_CARE = "ASSESS_CARE"
    TREAT_PRIMARY = "TREAT_PRIMARY"
    TREAT_ORAL = "TREAT_ORAL"
    HANDLE_REFERRAL = "HANDLE_REFERRAL"
    TREAT_SPECIALISED = "TREAT_SPECIALISED"
    START_THERAPY = "START_THERAPY"


class StartEvent(Enum):
    """What a limit counts from; the day of it is not itself counted."""

    CONTACT = "CONTACT"
    PENDING = "PENDING"
    NOTIFICATION = "NOTIFICATION"
    APPLICATION = "APPLICATION"
    NEED_ASSESSED = "NEED_ASSESSED"
    NEED_FOUND = "NEED_FOUND"
    REFERRAL = "REFERRAL"


class Condition(Enum):
    """When a rule applies; OTHERWISE: when no other rule of the milestone does."""

    URGENT = "URGENT"
    FAST_TRACK_AGE = "FAST_TRACK_AGE"
    HIGHEST_CARE_ALLOWANCE = "HIGHEST_CARE_ALLOWANCE"
    CHILD_SPECIAL_SUPPORT = "CHILD_SPECIAL_SUPPORT"
    CHILD_WELFARE = "CHILD_WELFARE"
    DISABILITY_SERVICES = "DISABILITY_SERVICES"
    UNDER_23 = "UNDER_23"
    MENTAL_HEALTH_UNDER_23 = "MENTAL_HEALTH_UNDER_23"
    SOCIAL_SERVICE = "SOCIAL_SERVICE"
    OTHERWISE = "OTHERWISE"


class LimitUnit(Enum):
    """How a limit is counted."""

    SAME_DAY = "SAME_DAY"
    DAY = "DAY"
    WEEKDAY = "WEEKDAY"
    MONTH = "MONTH"


@dataclass(frozen=True)
class DeadlineRule:
    """One row of the rule table, in force from `valid_from` to `valid_to` (inclusive; None: until further notice).

    `services`: which of the catalogue reach the milestone, where the rule says so.
    """

    code: str
    milestone: Milestone
    start_event: StartEvent
    applies_if: frozenset[Condition]
    amount: int
    unit: LimitUnit
    valid_from: date
    valid_to: date | None
    legal_basis: str
    source: str
    services: tuple[str, ...] = ()

    def in_force(self, day: date) -> bool:
        """Whether the rule is in force on `day`."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def due(self, since: date, calendar: Calendar) -> date:
        """The last day of the limit for what began on `since`, which is not itself counted."""
        if self.unit is LimitUnit.SAME_DAY:
            return since
        if self.unit is LimitUnit.WEEKDAY:
            return calendar.nth_weekday_after(since, self.amount)
        if self.unit is LimitUnit.DAY:
            return calendar.nth_weekday_after(since + timedelta(days=self.amount - 1), 1)
        return calendar.months_after(since, self.amount)


@dataclass(frozen=True)
class Limit:
    """By when a milestone must be reached, and by which rules; the strictest of them sets the day."""

    milestone: Milestone
    due_date: date
    rule_codes: tuple[str, ...]
    services: tuple[str, ...] = ()


def limit_of(
    rules: Iterable[DeadlineRule],
    milestone: Milestone,
    *,
    conditions: frozenset[Condition],
    since: date,
    calendar: Calendar,
) -> Limit | None:
    """The limit of a milestone for what began on `since`, by the rules in force that day; None when none applies."""
    of_milestone = [rule for rule in rules if rule.milestone is milestone and rule.in_force(since)]
    applying = [rule for rule in of_milestone if rule.applies_if & conditions]
    applying = applying or [rule for rule in of_milestone if Condition.OTHERWISE in rule.applies_if]
    if not applying:
        return None
    return Limit(
        milestone,
        min(rule.due(since, calendar) for rule in applying),
        tuple(rule.code for rule in applying),
        tuple(sorted({code for rule in applying for code in rule.services})),
    )


def conditions_of_age(age: int) -> frozenset[Condition]:
    """What limits of treatment depend on a client's age."""
    return frozenset({Condition.UNDER_23}) if age < YOUNG_AGE else frozenset()


def weekdays_before(day: date, n: int, calendar: Calendar) -> date:
    """The n-th weekday before `day`: from when a limit that ends on `day` approaches."""
    remaining = n
    while remaining:
        day -= timedelta(days=1)
        remaining -= calendar.is_weekday(day)
    return day
