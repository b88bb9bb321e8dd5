"""3.2: a decision says something else from a day on."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.chassis.clock import helsinki_date
from services.chassis.identity import Caller
from services.client.domain.decision import Decision, Grant, Weekdays, last_day_to_appeal
from services.client.domain.rules import Rules
from services.client.operations.own_decision import own_decision, tell_decision
from services.client.wire.decision_facts import decision_changed


def change_decision(
    session: Session,
    *,
    decision_id: UUID,
    grant: Grant,
    effective: date,
    grounds: str,
    etag: str,
    rules: Rules,
    calendar: Weekdays,
    caller: Caller,
    now: datetime,
) -> Decision:
    """Change it, as the answer to an appeal or because the need changed. How much was used before is for the voucher
    service to know, which follows for the future only; a new time to appeal begins.
    """
    decision = own_decision(session, decision_id, etag, caller)
    today = helsinki_date(now)
    decision.change(
        grant,
        effective=effective,
        grounds=grounds,
        by=caller.subject,
        today=today,
        appeal_until=last_day_to_appeal(today, rules.appeal_days, calendar),
    )
    return tell_decision(session, decision, decision_changed(decision), now)
