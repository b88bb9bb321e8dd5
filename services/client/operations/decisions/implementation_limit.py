"""SOC-IMPLEMENT: a social service that was granted is given within a limit (LIMIT-11)."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from services.client.domain.assessments.assessment import Assessment
from services.client.domain.deadlines.limits import Calendar, Condition, Milestone
from services.client.domain.decisions.decision import Decision
from services.client.domain.rules import Rules
from services.client.operations.deadlines.limits import limits_of, open_deadlines
from services.client.storage.neighbours import catalogue
from services.kernel.care import Sector


def begin_implementation(
    session: Session,
    decision: Decision,
    assessment: Assessment,
    *,
    since: date,
    rules: Rules,
    calendar: Calendar,
    new_id: Callable[[], UUID],
) -> None:
    """Let the limit of a granted service run, counted from `since`; the first delivery of the service reaches it."""
    service = catalogue.services(session, [decision.service_code]).get(decision.service_code)
    if not decision.grant.in_favour or service is None or service.sector is not Sector.SOCIAL:
        return
    conditions = frozenset({Condition.SOCIAL_SERVICE})
    session.flush()
    assessment.deadlines.extend(
        open_deadlines(
            limits_of(rules, calendar, (Milestone.IMPLEMENT,), conditions, since),
            client_id=decision.client_id,
            begin=min(decision.decided_date, decision.grant.from_date or decision.decided_date),
            rules=rules,
            calendar=calendar,
            new_id=new_id,
            assessment_id=assessment.id,
            decision_id=decision.id,
            service_codes=(decision.service_code,),
        )
    )
