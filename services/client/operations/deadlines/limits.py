"""LIMIT-3: limits that begin with what happened to a client."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from services.client.domain.deadlines.deadline import Deadline
from services.client.domain.deadlines.limits import Calendar, Condition, Limit, Milestone, limit_of, weekdays_before
from services.client.domain.rules import Rules


def limits_of(
    rules: Rules, calendar: Calendar, milestones: tuple[Milestone, ...], conditions: frozenset[Condition], since: date
) -> list[Limit]:
    """The limits of these milestones, as far as a rule in force sets them, for what began on `since`."""
    limits = [
        limit_of(rules.deadlines, milestone, conditions=conditions, since=since, calendar=calendar)
        for milestone in milestones
    ]
    return [limit for limit in limits if limit]


def open_deadlines(
    limits: list[Limit],
    *,
    client_id: UUID,
    begin: date,
    rules: Rules,
    calendar: Calendar,
    new_id: Callable[[], UUID],
    assessment_id: UUID | None = None,
    contact_id: UUID | None = None,
    decision_id: UUID | None = None,
    service_codes: tuple[str, ...] = (),
) -> list[Deadline]:
    """The deadlines of these limits; a service that was not delivered before `begin` reaches them."""
    return [
        Deadline(
            id=new_id(),
            client_id=client_id,
            assessment_id=assessment_id,
            contact_id=contact_id,
            decision_id=decision_id,
            milestone=limit.milestone,
            begin_date=begin,
            due_date=limit.due_date,
            warn_date=weekdays_before(limit.due_date, rules.warn_weekdays, calendar),
            rule_codes=limit.rule_codes,
            service_codes=service_codes or limit.services,
        )
        for limit in limits
    ]
