"""DECISION-3: a decision says something else from a day on."""

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.identity import Caller
from services.client.domain.deadlines.limits import Calendar, Milestone
from services.client.domain.decisions.decision import Decision, Grant, last_day_to_appeal
from services.client.domain.rules import Rules
from services.client.operations.deadlines.deadline import drop_deadlines
from services.client.operations.decisions.decision import announce_decision, load_for_official
from services.client.operations.decisions.implementation_limit import begin_implementation
from services.client.storage import assessments, deadlines
from services.client.wire.decisions.facts import decision_changed


def change_decision(
    session: Session,
    *,
    decision_id: UUID,
    grant: Grant,
    effective: date,
    grounds: str,
    etag: str,
    rules: Rules,
    calendar: Calendar,
    caller: Caller,
    now: datetime,
    new_id: Callable[[], UUID],
) -> Decision:
    """Change it, as the answer to an appeal or because the need changed. How much was used before is for the voucher
    service to know, which follows for the future only; a new time to appeal begins.
    """
    decision = load_for_official(session, decision_id, etag, caller)
    today = helsinki_date(now)
    decision.change(
        grant,
        effective=effective,
        grounds=grounds,
        by=caller.subject,
        today=today,
        appeal_until=last_day_to_appeal(today, rules.appeal_days, calendar),
    )
    _follow(session, decision, rules, calendar, now, new_id)
    return announce_decision(session, decision, decision_changed(decision), now)


def _follow(
    session: Session, decision: Decision, rules: Rules, calendar: Calendar, now: datetime, new_id: Callable[[], UUID]
) -> None:
    """The limit of a service no longer granted falls away; that of one granted only now counts from today."""
    today = helsinki_date(now)
    if not decision.grant.in_favour:
        running = deadlines.running(session, decision.client_id, [Milestone.IMPLEMENT])
        drop_deadlines(session, [deadline for deadline in running if deadline.decision_id == decision.id], today, now)
    elif not decision.earlier[-1].grant.in_favour:
        assessment = assessments.get_assessment(session, decision.assessment_id)
        begin_implementation(session, decision, assessment, since=today, rules=rules, calendar=calendar, new_id=new_id)
